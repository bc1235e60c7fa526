"""Files that come with a message: fetched into a folder of their own, with a name and a kind."""

import mimetypes
from pathlib import Path

from telegram import Audio, Document, Message, PhotoSize, Video, VideoNote, Voice
from telegram.constants import FileSizeLimit

from bot.message import AttachedFile

LARGEST = int(FileSizeLimit.FILESIZE_DOWNLOAD)
Media = Audio | Document | PhotoSize | Video | VideoNote | Voice


def media_of(message: Message) -> Media | None:
    """The file of a message; of a photo its largest version."""
    photo = message.photo[-1] if message.photo else None
    return (
        message.document
        or photo
        or message.voice
        or message.audio
        or message.video
        or message.video_note
    )


def too_large(media: Media) -> bool:
    """Whether it is more than Telegram hands out to bots."""
    return (media.file_size or 0) > LARGEST


async def fetched(message: Message, media: Media, folder: Path) -> AttachedFile:
    """The file in the folder. Raises telegram.error.TelegramError."""
    file = await media.get_file()
    name, kind = _name(message, media), _kind(media)
    # The name is a stranger's: where the bytes go is not for it to say.
    path = folder / f"{message.message_id}{Path(name).suffix[:10]}"
    await file.download_to_drive(path)
    return AttachedFile(name, path, kind)


def _name(message: Message, media: Media) -> str:
    given = getattr(media, "file_name", None)
    if given:
        return str(given).replace("/", "_").replace("\\", "_")[-200:]
    words = {PhotoSize: "photo", Voice: "voice note", VideoNote: "video note", Video: "video"}
    ending = mimetypes.guess_extension(_kind(media)) or ""
    return f"{words.get(type(media), 'file')} {message.date:%Y-%m-%d %H.%M}{ending}"


def _kind(media: Media) -> str:
    if isinstance(media, PhotoSize):
        return "image/jpeg"
    if isinstance(media, VideoNote):
        return "video/mp4"
    return media.mime_type or ("audio/ogg" if isinstance(media, Voice) else "")

# The assistant as an image: it runs as nobody in particular and writes nothing into itself.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md ./
# The lock holds the tools of the developers too; as constraints it pins only what is needed.
RUN sed -nE 's/^([A-Za-z0-9._-]+)(\[[a-z,-]+\])?(==[^\\]*[^\\ ]) *\\?$/\1\3/p' \
    requirements.lock > constraints.txt
RUN python -m venv /opt/crm-bot
COPY config config
COPY crm_store crm_store
COPY nlu nlu
COPY skills skills
COPY bot bot
RUN /opt/crm-bot/bin/pip install --no-cache-dir --constraint constraints.txt .
# The model is made here, once, so that a container starts in seconds.
RUN /opt/crm-bot/bin/python -c "from pathlib import Path; from nlu.model_files import embedded; \
    embedded(Path('/opt/crm-bot/models'))"

FROM python:3.13-slim
RUN useradd --system --no-create-home --shell /usr/sbin/nologin crm
COPY --from=build /opt/crm-bot /opt/crm-bot
ENV PATH=/opt/crm-bot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MODEL_CACHE=/opt/crm-bot/models \
    MPLCONFIGDIR=/tmp
USER crm
WORKDIR /tmp
EXPOSE 8080
ENTRYPOINT ["crm-bot"]
CMD ["run"]

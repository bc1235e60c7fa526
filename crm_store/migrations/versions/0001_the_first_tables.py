"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        sa.UniqueConstraint("name", name=op.f("uq_watches_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "employees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("department", sa.String(length=100), nullable=True),
        sa.Column("office", sa.String(length=100), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("travel_zone", sa.String(length=64), nullable=True),
        sa.Column("travel_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest_on", sa.Boolean(), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=True),
        sa.Column("digest_days", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("away_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("away_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("muted", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employees")),
        sa.UniqueConstraint("email", name=op.f("uq_employees_email")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "file_contents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_contents")),
        sa.UniqueConstraint("digest", name=op.f("uq_file_contents_digest")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "lost_reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_reasons")),
        sa.UniqueConstraint("name", name=op.f("uq_lost_reasons_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "products",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("name", name=op.f("uq_products_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "received",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received")),
        sa.UniqueConstraint("channel", "external_id", name=op.f("uq_received_channel_external_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_received_received_at"), "received", ["received_at"], unique=False)
    op.create_table(
        "search_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("name_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "rank", "name_id", name=op.f("pk_search_keys")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_names",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=250), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_names")),
    )
    op.create_table(
        "search_spellings",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "word",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("key", "word", name=op.f("pk_search_spellings")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_words",
        sa.Column(
            "word",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_words")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("chance", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.CheckConstraint("chance BETWEEN 0 AND 100", name=op.f("ck_stages_chance_percent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stages")),
        sa.UniqueConstraint("name", name=op.f("uq_stages_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "channel_identities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("team", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=128), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_channel_identities_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_identities")),
        sa.UniqueConstraint(
            "channel", "team", "user_id", name=op.f("uq_channel_identities_channel_team_user_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_channel_identities_employee_id"),
        "channel_identities",
        ["employee_id"],
        unique=False,
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("draft", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("draft_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("focus", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("last_message_id", sa.String(length=200), nullable=True),
        sa.Column("last_heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_conversations_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint(
            "channel",
            "address",
            "employee_id",
            name=op.f("uq_conversations_channel_address_employee_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_conversations_employee_id"), "conversations", ["employee_id"], unique=False
    )
    op.create_index(
        "uq_conversations_of_nobody",
        "conversations",
        ["channel", "address"],
        unique=True,
        sqlite_where=sa.text("employee_id IS NULL"),
        postgresql_where=sa.text("employee_id IS NULL"),
    )
    op.create_table(
        "customers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=True),
        sa.Column("given_name", sa.String(length=100), nullable=True),
        sa.Column("family_name", sa.String(length=100), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("relation", sa.String(length=24), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("lifecycle_stage", sa.String(length=24), nullable=False),
        sa.Column("segment", sa.String(length=100), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("preferred_channel", sa.String(length=24), nullable=True),
        sa.Column("website", sa.String(length=300), nullable=True),
        sa.Column("occupation", sa.String(length=200), nullable=True),
        sa.Column("gender", sa.String(length=24), nullable=True),
        sa.Column("age_range", sa.String(length=20), nullable=True),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("buys_for", sa.String(length=200), nullable=True),
        sa.Column("return_likelihood", sa.String(length=20), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["customers.id"],
            name=op.f("fk_customers_merged_into_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["employees.id"],
            name=op.f("fk_customers_owner_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_customers_created_at"), "customers", ["created_at"], unique=False)
    op.create_index(
        op.f("ix_customers_lifecycle_stage_customers_id"),
        "customers",
        ["lifecycle_stage", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_customers_merged_into_id"), "customers", ["merged_into_id"], unique=False
    )
    op.create_index(op.f("ix_customers_name"), "customers", ["name"], unique=False)
    op.create_index(
        op.f("ix_customers_occupation_customers_id"),
        "customers",
        ["occupation", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_customers_owner_id_customers_archived_at"),
        "customers",
        ["owner_id", "archived_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_customers_region_customers_id"), "customers", ["region", "id"], unique=False
    )
    op.create_index(
        op.f("ix_customers_segment_customers_id"), "customers", ["segment", "id"], unique=False
    )
    op.create_index(op.f("ix_customers_source"), "customers", ["source"], unique=False)
    op.create_table(
        "invite_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_invite_codes_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invite_codes_code_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_invite_codes_employee_id"), "invite_codes", ["employee_id"], unique=False
    )
    op.create_table(
        "segments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rule", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["employees.id"],
            name=op.f("fk_segments_created_by_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segments")),
        sa.UniqueConstraint("name", name=op.f("uq_segments_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_segments_created_by_id"), "segments", ["created_by_id"], unique=False)
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("offer", sa.String(length=300), nullable=True),
        sa.Column("segment_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["employees.id"],
            name=op.f("fk_campaigns_created_by_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["segments.id"],
            name=op.f("fk_campaigns_segment_id_segments"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("name", name=op.f("uq_campaigns_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_campaigns_created_by_id"), "campaigns", ["created_by_id"], unique=False
    )
    op.create_index(op.f("ix_campaigns_segment_id"), "campaigns", ["segment_id"], unique=False)
    op.create_table(
        "company_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("person_id <> company_id", name=op.f("ck_company_roles_two_parties")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["customers.id"],
            name=op.f("fk_company_roles_company_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["customers.id"],
            name=op.f("fk_company_roles_person_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_roles")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_company_roles_company_id"), "company_roles", ["company_id"], unique=False
    )
    op.create_index(
        op.f("ix_company_roles_person_id"), "company_roles", ["person_id"], unique=False
    )
    op.create_table(
        "customer_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_customer_names_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_names")),
        sa.UniqueConstraint("customer_id", "name", name=op.f("uq_customer_names_customer_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_customer_names_name"), "customer_names", ["name"], unique=False)
    op.create_table(
        "deeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("employee_name", sa.String(length=200), nullable=True),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("root_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_deeds_conversation_id_conversations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_deeds_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["deeds.id"],
            name=op.f("fk_deeds_replaces_id_deeds"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["root_id"],
            ["deeds.id"],
            name=op.f("fk_deeds_root_id_deeds"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["deeds.id"],
            name=op.f("fk_deeds_undoes_id_deeds"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"],
            ["deeds.id"],
            name=op.f("fk_deeds_undone_by_id_deeds"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deeds")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_deeds_conversation_id_deeds_message_id"),
        "deeds",
        ["conversation_id", "message_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_deeds_employee_id_deeds_id"), "deeds", ["employee_id", "id"], unique=False
    )
    op.create_index(op.f("ix_deeds_replaces_id"), "deeds", ["replaces_id"], unique=False)
    op.create_index(op.f("ix_deeds_root_id"), "deeds", ["root_id"], unique=False)
    op.create_index(op.f("ix_deeds_undoes_id"), "deeds", ["undoes_id"], unique=False)
    op.create_index(op.f("ix_deeds_undone_by_id"), "deeds", ["undone_by_id"], unique=False)
    op.create_table(
        "email_addresses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_email_addresses_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_addresses")),
        sa.UniqueConstraint(
            "customer_id", "address", name=op.f("uq_email_addresses_customer_id_address")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_email_addresses_address"), "email_addresses", ["address"], unique=False
    )
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_follows_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_follows_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint(
            "customer_id", "employee_id", name=op.f("uq_follows_customer_id_employee_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_follows_employee_id"), "follows", ["employee_id"], unique=False)
    op.create_table(
        "hand_overs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("from_employee_id", sa.Integer(), nullable=True),
        sa.Column("to_employee_id", sa.Integer(), nullable=False),
        sa.Column("by_employee_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_employee_id"],
            ["employees.id"],
            name=op.f("fk_hand_overs_by_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_hand_overs_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["from_employee_id"],
            ["employees.id"],
            name=op.f("fk_hand_overs_from_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["to_employee_id"],
            ["employees.id"],
            name=op.f("fk_hand_overs_to_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_hand_overs_by_employee_id"), "hand_overs", ["by_employee_id"], unique=False
    )
    op.create_index(op.f("ix_hand_overs_customer_id"), "hand_overs", ["customer_id"], unique=False)
    op.create_index(
        op.f("ix_hand_overs_from_employee_id"), "hand_overs", ["from_employee_id"], unique=False
    )
    op.create_index(
        op.f("ix_hand_overs_status_hand_overs_effective_at"),
        "hand_overs",
        ["status", "effective_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_hand_overs_to_employee_id"), "hand_overs", ["to_employee_id"], unique=False
    )
    op.create_table(
        "lifecycle_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=24), nullable=True),
        sa.Column("after", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_lifecycle_changes_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_lifecycle_changes_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifecycle_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_lifecycle_changes_at_lifecycle_changes_after"),
        "lifecycle_changes",
        ["at", "after"],
        unique=False,
    )
    op.create_index(
        op.f("ix_lifecycle_changes_customer_id_lifecycle_changes_at"),
        "lifecycle_changes",
        ["customer_id", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_lifecycle_changes_employee_id"), "lifecycle_changes", ["employee_id"], unique=False
    )
    op.create_table(
        "outgoing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=100), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_outgoing_conversation_id_conversations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_outgoing_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
        sa.UniqueConstraint("key", name=op.f("uq_outgoing_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_outgoing_conversation_id_outgoing_due_at"),
        "outgoing",
        ["conversation_id", "due_at"],
        unique=False,
    )
    op.create_index(
        "ix_outgoing_due",
        "outgoing",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
    )
    op.create_index(
        "ix_outgoing_waiting",
        "outgoing",
        ["channel", "address", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
    )
    op.create_index(op.f("ix_outgoing_employee_id"), "outgoing", ["employee_id"], unique=False)
    op.create_index(op.f("ix_outgoing_external_id"), "outgoing", ["external_id"], unique=False)
    op.create_table(
        "phones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("extension", sa.String(length=12), nullable=True),
        sa.Column("typed", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_phones_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phones")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_phones_customer_id"), "phones", ["customer_id"], unique=False)
    op.create_index(
        op.f("ix_phones_number_phones_customer_id"),
        "phones",
        ["number", "customer_id"],
        unique=False,
    )
    op.create_table(
        "postal_addresses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=True),
        sa.Column("postcode", sa.String(length=20), nullable=True),
        sa.Column("city", sa.String(length=100), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("label", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_postal_addresses_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postal_addresses")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_postal_addresses_city"), "postal_addresses", ["city"], unique=False)
    op.create_index(
        op.f("ix_postal_addresses_customer_id"), "postal_addresses", ["customer_id"], unique=False
    )
    op.create_table(
        "buttons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("outgoing_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_buttons_conversation_id_conversations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_buttons_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["outgoing_id"],
            ["outgoing.id"],
            name=op.f("fk_buttons_outgoing_id_outgoing"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buttons")),
        sa.UniqueConstraint("token", name=op.f("uq_buttons_token")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_buttons_conversation_id"), "buttons", ["conversation_id"], unique=False
    )
    op.create_index(op.f("ix_buttons_employee_id"), "buttons", ["employee_id"], unique=False)
    op.create_index(op.f("ix_buttons_outgoing_id"), "buttons", ["outgoing_id"], unique=False)
    op.create_table(
        "campaign_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_members_campaign_id_campaigns"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_campaign_members_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_members")),
        sa.UniqueConstraint(
            "campaign_id", "customer_id", name=op.f("uq_campaign_members_campaign_id_customer_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_campaign_members_customer_id"), "campaign_members", ["customer_id"], unique=False
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("effect", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=24), nullable=False),
        sa.Column("before", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("after", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deed_id"],
            ["deeds.id"],
            name=op.f("fk_changes_deed_id_deeds"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sa.UniqueConstraint("deed_id", "position", name=op.f("uq_changes_deed_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_changes_subject_id_changes_id"), "changes", ["subject_id", "id"], unique=False
    )
    op.create_index(
        op.f("ix_changes_table_name_changes_row_id"),
        "changes",
        ["table_name", "row_id"],
        unique=False,
    )
    op.create_table(
        "deals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("close_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("lost_reason_id", sa.Integer(), nullable=True),
        sa.Column("lost_note", sa.Text(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_deals_campaign_id_campaigns"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["customers.id"],
            name=op.f("fk_deals_company_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_deals_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["lost_reason_id"],
            ["lost_reasons.id"],
            name=op.f("fk_deals_lost_reason_id_lost_reasons"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["employees.id"],
            name=op.f("fk_deals_owner_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"],
            ["stages.id"],
            name=op.f("fk_deals_stage_id_stages"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deals")),
        sa.UniqueConstraint("reference", name=op.f("uq_deals_reference")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deals_campaign_id"), "deals", ["campaign_id"], unique=False)
    op.create_index(
        op.f("ix_deals_closed_on_deals_stage_id"), "deals", ["closed_on", "stage_id"], unique=False
    )
    op.create_index(op.f("ix_deals_company_id"), "deals", ["company_id"], unique=False)
    op.create_index(
        op.f("ix_deals_customer_id_deals_opened_on"),
        "deals",
        ["customer_id", "opened_on"],
        unique=False,
    )
    op.create_index(op.f("ix_deals_lost_reason_id"), "deals", ["lost_reason_id"], unique=False)
    op.create_index(op.f("ix_deals_name"), "deals", ["name"], unique=False)
    op.create_index(op.f("ix_deals_opened_on"), "deals", ["opened_on"], unique=False)
    op.create_index(
        op.f("ix_deals_owner_id_deals_stage_id"), "deals", ["owner_id", "stage_id"], unique=False
    )
    op.create_index(
        op.f("ix_deals_stage_id_deals_close_on"), "deals", ["stage_id", "close_on"], unique=False
    )
    op.create_table(
        "effects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("intent", sa.String(length=60), nullable=False),
        sa.Column("values", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deed_id"],
            ["deeds.id"],
            name=op.f("fk_effects_deed_id_deeds"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"],
            ["deeds.id"],
            name=op.f("fk_effects_undone_by_id_deeds"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effects")),
        sa.UniqueConstraint("deed_id", "number", name=op.f("uq_effects_deed_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_effects_undone_by_id"), "effects", ["undone_by_id"], unique=False)
    op.create_table(
        "deal_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["deals.id"],
            name=op.f("fk_deal_lines_deal_id_deals"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_deal_lines_product_id_products"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_lines")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deal_lines_deal_id"), "deal_lines", ["deal_id"], unique=False)
    op.create_index(op.f("ix_deal_lines_product_id"), "deal_lines", ["product_id"], unique=False)
    op.create_table(
        "deal_stage_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["after_id"],
            ["stages.id"],
            name=op.f("fk_deal_stage_changes_after_id_stages"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["before_id"],
            ["stages.id"],
            name=op.f("fk_deal_stage_changes_before_id_stages"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["deals.id"],
            name=op.f("fk_deal_stage_changes_deal_id_deals"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_deal_stage_changes_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_stage_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_deal_stage_changes_after_id"), "deal_stage_changes", ["after_id"], unique=False
    )
    op.create_index(op.f("ix_deal_stage_changes_at"), "deal_stage_changes", ["at"], unique=False)
    op.create_index(
        op.f("ix_deal_stage_changes_before_id"), "deal_stage_changes", ["before_id"], unique=False
    )
    op.create_index(
        op.f("ix_deal_stage_changes_deal_id_deal_stage_changes_at"),
        "deal_stage_changes",
        ["deal_id", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_deal_stage_changes_employee_id"),
        "deal_stage_changes",
        ["employee_id"],
        unique=False,
    )
    op.create_table(
        "interactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("direction", sa.String(length=24), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day_only", sa.Boolean(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("to_employee_id", sa.Integer(), nullable=True),
        sa.Column("department", sa.String(length=100), nullable=True),
        sa.Column("automated", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.String(length=300), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("milestone", sa.String(length=24), nullable=True),
        sa.Column("duration_minutes", sa.Integer(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("technique", sa.String(length=200), nullable=True),
        sa.Column("offer", sa.String(length=300), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("reference", sa.String(length=100), nullable=True),
        sa.Column("sentiment", sa.String(length=24), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("external_id", sa.String(length=300), nullable=True),
        sa.Column("thread", sa.String(length=300), nullable=True),
        sa.Column("deal_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("duration_minutes >= 0", name=op.f("ck_interactions_duration_positive")),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_interactions_rating_1_to_5")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_interactions_campaign_id_campaigns"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["customers.id"],
            name=op.f("fk_interactions_company_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_interactions_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["deals.id"],
            name=op.f("fk_interactions_deal_id_deals"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_interactions_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["to_employee_id"],
            ["employees.id"],
            name=op.f("fk_interactions_to_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interactions")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_interactions_campaign_id"), "interactions", ["campaign_id"], unique=False
    )
    op.create_index(
        op.f("ix_interactions_channel_interactions_happened_at"),
        "interactions",
        ["channel", "happened_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_interactions_company_id_interactions_happened_at"),
        "interactions",
        ["company_id", "happened_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_interactions_customer_id_interactions_happened_at"),
        "interactions",
        ["customer_id", "happened_at"],
        unique=False,
    )
    op.create_index(op.f("ix_interactions_deal_id"), "interactions", ["deal_id"], unique=False)
    op.create_index(
        op.f("ix_interactions_employee_id_interactions_happened_at"),
        "interactions",
        ["employee_id", "happened_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_interactions_external_id"), "interactions", ["external_id"], unique=False
    )
    op.create_index(
        op.f("ix_interactions_happened_at"), "interactions", ["happened_at"], unique=False
    )
    op.create_index(op.f("ix_interactions_reference"), "interactions", ["reference"], unique=False)
    op.create_index(op.f("ix_interactions_thread"), "interactions", ["thread"], unique=False)
    op.create_index(
        op.f("ix_interactions_to_employee_id"), "interactions", ["to_employee_id"], unique=False
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("transcript", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_attachments_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_attachments_interaction_id_interactions"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_attachments_customer_id"), "attachments", ["customer_id"], unique=False
    )
    op.create_index(op.f("ix_attachments_digest"), "attachments", ["digest"], unique=False)
    op.create_index(
        op.f("ix_attachments_interaction_id"), "attachments", ["interaction_id"], unique=False
    )
    op.create_table(
        "campaign_responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("deal_id", sa.Integer(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_responses_campaign_id_campaigns"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_campaign_responses_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["deals.id"],
            name=op.f("fk_campaign_responses_deal_id_deals"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_campaign_responses_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_campaign_responses_interaction_id_interactions"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_responses")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_campaign_responses_campaign_id"),
        "campaign_responses",
        ["campaign_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_campaign_responses_customer_id"),
        "campaign_responses",
        ["customer_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_campaign_responses_deal_id"), "campaign_responses", ["deal_id"], unique=False
    )
    op.create_index(
        op.f("ix_campaign_responses_employee_id"),
        "campaign_responses",
        ["employee_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_campaign_responses_interaction_id"),
        "campaign_responses",
        ["interaction_id"],
        unique=False,
    )
    op.create_table(
        "concerns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=True),
        sa.Column("cause", sa.String(length=24), nullable=False),
        sa.Column("cause_note", sa.String(length=300), nullable=True),
        sa.Column("severity", sa.String(length=24), nullable=False),
        sa.Column("sentiment", sa.String(length=24), nullable=True),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day_only", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_concerns_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_concerns_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_concerns_interaction_id_interactions"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"],
            ["employees.id"],
            name=op.f("fk_concerns_resolved_by_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concerns")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_concerns_customer_id_concerns_raised_at"),
        "concerns",
        ["customer_id", "raised_at"],
        unique=False,
    )
    op.create_index(op.f("ix_concerns_employee_id"), "concerns", ["employee_id"], unique=False)
    op.create_index(
        op.f("ix_concerns_interaction_id"), "concerns", ["interaction_id"], unique=False
    )
    op.create_index(
        op.f("ix_concerns_resolved_by_id"), "concerns", ["resolved_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_concerns_status_concerns_raised_at"),
        "concerns",
        ["status", "raised_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_concerns_theme_concerns_raised_at"),
        "concerns",
        ["theme", "raised_at"],
        unique=False,
    )
    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_ideas_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_ideas_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_ideas_interaction_id_interactions"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_ideas_customer_id_ideas_stated_at"),
        "ideas",
        ["customer_id", "stated_at"],
        unique=False,
    )
    op.create_index(op.f("ix_ideas_employee_id"), "ideas", ["employee_id"], unique=False)
    op.create_index(op.f("ix_ideas_interaction_id"), "ideas", ["interaction_id"], unique=False)
    op.create_index(
        op.f("ix_ideas_theme_ideas_stated_at"), "ideas", ["theme", "stated_at"], unique=False
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_notes_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_notes_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_notes_interaction_id_interactions"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_notes_customer_id_notes_written_at"),
        "notes",
        ["customer_id", "written_at"],
        unique=False,
    )
    op.create_index(op.f("ix_notes_employee_id"), "notes", ["employee_id"], unique=False)
    op.create_index(op.f("ix_notes_interaction_id"), "notes", ["interaction_id"], unique=False)
    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("terms", sa.String(length=300), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("fairness", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_offers_campaign_id_campaigns"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_offers_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_offers_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_offers_interaction_id_interactions"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_offers_campaign_id"), "offers", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_offers_customer_id"), "offers", ["customer_id"], unique=False)
    op.create_index(op.f("ix_offers_employee_id"), "offers", ["employee_id"], unique=False)
    op.create_index(op.f("ix_offers_interaction_id"), "offers", ["interaction_id"], unique=False)
    op.create_table(
        "preferences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("polarity", sa.String(length=24), nullable=False),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.Column("preferred_channel", sa.String(length=24), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contradicted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contradicted_by_id"],
            ["preferences.id"],
            name=op.f("fk_preferences_contradicted_by_id_preferences"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_preferences_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_preferences_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_preferences_interaction_id_interactions"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preferences")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_preferences_contradicted_by_id"),
        "preferences",
        ["contradicted_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_preferences_customer_id_preferences_stated_at"),
        "preferences",
        ["customer_id", "stated_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_preferences_employee_id"), "preferences", ["employee_id"], unique=False
    )
    op.create_index(
        op.f("ix_preferences_interaction_id"), "preferences", ["interaction_id"], unique=False
    )
    op.create_index(
        op.f("ix_preferences_kind_preferences_preferred_channel"),
        "preferences",
        ["kind", "preferred_channel"],
        unique=False,
    )
    op.create_table(
        "profile_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("stated", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_profile_values_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_profile_values_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_profile_values_interaction_id_interactions"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_values")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_profile_values_customer_id_profile_values_field_profile_values_stated_at"),
        "profile_values",
        ["customer_id", "field", "stated_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_profile_values_employee_id"), "profile_values", ["employee_id"], unique=False
    )
    op.create_index(
        op.f("ix_profile_values_interaction_id"), "profile_values", ["interaction_id"], unique=False
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("day_only", sa.Boolean(), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rrule", sa.String(length=200), nullable=True),
        sa.Column("first_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("touch_every_days", sa.Integer(), nullable=True),
        sa.Column("duration_minutes", sa.Integer(), nullable=True),
        sa.Column("ahead_minutes", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=True),
        sa.Column("promised", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("deal_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["employees.id"],
            name=op.f("fk_reminders_created_by_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_reminders_customer_id_customers"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["deals.id"],
            name=op.f("fk_reminders_deal_id_deals"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"],
            ["employees.id"],
            name=op.f("fk_reminders_done_by_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_reminders_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_reminders_interaction_id_interactions"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_reminders_created_by_id"), "reminders", ["created_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_reminders_customer_id_reminders_due_at"),
        "reminders",
        ["customer_id", "due_at"],
        unique=False,
    )
    op.create_index(op.f("ix_reminders_deal_id"), "reminders", ["deal_id"], unique=False)
    op.create_index(op.f("ix_reminders_done_by_id"), "reminders", ["done_by_id"], unique=False)
    op.create_index(
        op.f("ix_reminders_employee_id_reminders_due_at"),
        "reminders",
        ["employee_id", "due_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reminders_interaction_id"), "reminders", ["interaction_id"], unique=False
    )
    op.create_index(
        "ix_reminders_untold",
        "reminders",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL AND cancelled_at IS NULL AND delivered_at IS NULL"),
        postgresql_where=sa.text(
            "done_at IS NULL AND cancelled_at IS NULL AND delivered_at IS NULL"
        ),
    )
    op.create_table(
        "completions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reminder_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_completions_employee_id_employees"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reminder_id"],
            ["reminders.id"],
            name=op.f("fk_completions_reminder_id_reminders"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completions")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_completions_employee_id"), "completions", ["employee_id"], unique=False
    )
    op.create_index(
        op.f("ix_completions_reminder_id"), "completions", ["reminder_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("watches")
    op.drop_index(op.f("ix_completions_reminder_id"), table_name="completions")
    op.drop_index(op.f("ix_completions_employee_id"), table_name="completions")
    op.drop_table("completions")
    op.drop_index(
        "ix_reminders_untold",
        table_name="reminders",
        sqlite_where=sa.text("done_at IS NULL AND cancelled_at IS NULL AND delivered_at IS NULL"),
        postgresql_where=sa.text(
            "done_at IS NULL AND cancelled_at IS NULL AND delivered_at IS NULL"
        ),
    )
    op.drop_index(op.f("ix_reminders_interaction_id"), table_name="reminders")
    op.drop_index(op.f("ix_reminders_employee_id_reminders_due_at"), table_name="reminders")
    op.drop_index(op.f("ix_reminders_done_by_id"), table_name="reminders")
    op.drop_index(op.f("ix_reminders_deal_id"), table_name="reminders")
    op.drop_index(op.f("ix_reminders_customer_id_reminders_due_at"), table_name="reminders")
    op.drop_index(op.f("ix_reminders_created_by_id"), table_name="reminders")
    op.drop_table("reminders")
    op.drop_index(op.f("ix_profile_values_interaction_id"), table_name="profile_values")
    op.drop_index(op.f("ix_profile_values_employee_id"), table_name="profile_values")
    op.drop_index(
        op.f("ix_profile_values_customer_id_profile_values_field_profile_values_stated_at"),
        table_name="profile_values",
    )
    op.drop_table("profile_values")
    op.drop_index(
        op.f("ix_preferences_kind_preferences_preferred_channel"), table_name="preferences"
    )
    op.drop_index(op.f("ix_preferences_interaction_id"), table_name="preferences")
    op.drop_index(op.f("ix_preferences_employee_id"), table_name="preferences")
    op.drop_index(
        op.f("ix_preferences_customer_id_preferences_stated_at"), table_name="preferences"
    )
    op.drop_index(op.f("ix_preferences_contradicted_by_id"), table_name="preferences")
    op.drop_table("preferences")
    op.drop_index(op.f("ix_offers_interaction_id"), table_name="offers")
    op.drop_index(op.f("ix_offers_employee_id"), table_name="offers")
    op.drop_index(op.f("ix_offers_customer_id"), table_name="offers")
    op.drop_index(op.f("ix_offers_campaign_id"), table_name="offers")
    op.drop_table("offers")
    op.drop_index(op.f("ix_notes_interaction_id"), table_name="notes")
    op.drop_index(op.f("ix_notes_employee_id"), table_name="notes")
    op.drop_index(op.f("ix_notes_customer_id_notes_written_at"), table_name="notes")
    op.drop_table("notes")
    op.drop_index(op.f("ix_ideas_theme_ideas_stated_at"), table_name="ideas")
    op.drop_index(op.f("ix_ideas_interaction_id"), table_name="ideas")
    op.drop_index(op.f("ix_ideas_employee_id"), table_name="ideas")
    op.drop_index(op.f("ix_ideas_customer_id_ideas_stated_at"), table_name="ideas")
    op.drop_table("ideas")
    op.drop_index(op.f("ix_concerns_theme_concerns_raised_at"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_status_concerns_raised_at"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_resolved_by_id"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_interaction_id"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_employee_id"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_customer_id_concerns_raised_at"), table_name="concerns")
    op.drop_table("concerns")
    op.drop_index(op.f("ix_campaign_responses_interaction_id"), table_name="campaign_responses")
    op.drop_index(op.f("ix_campaign_responses_employee_id"), table_name="campaign_responses")
    op.drop_index(op.f("ix_campaign_responses_deal_id"), table_name="campaign_responses")
    op.drop_index(op.f("ix_campaign_responses_customer_id"), table_name="campaign_responses")
    op.drop_index(op.f("ix_campaign_responses_campaign_id"), table_name="campaign_responses")
    op.drop_table("campaign_responses")
    op.drop_index(op.f("ix_attachments_interaction_id"), table_name="attachments")
    op.drop_index(op.f("ix_attachments_digest"), table_name="attachments")
    op.drop_index(op.f("ix_attachments_customer_id"), table_name="attachments")
    op.drop_table("attachments")
    op.drop_index(op.f("ix_interactions_to_employee_id"), table_name="interactions")
    op.drop_index(op.f("ix_interactions_thread"), table_name="interactions")
    op.drop_index(op.f("ix_interactions_reference"), table_name="interactions")
    op.drop_index(op.f("ix_interactions_happened_at"), table_name="interactions")
    op.drop_index(op.f("ix_interactions_external_id"), table_name="interactions")
    op.drop_index(
        op.f("ix_interactions_employee_id_interactions_happened_at"), table_name="interactions"
    )
    op.drop_index(op.f("ix_interactions_deal_id"), table_name="interactions")
    op.drop_index(
        op.f("ix_interactions_customer_id_interactions_happened_at"), table_name="interactions"
    )
    op.drop_index(
        op.f("ix_interactions_company_id_interactions_happened_at"), table_name="interactions"
    )
    op.drop_index(
        op.f("ix_interactions_channel_interactions_happened_at"), table_name="interactions"
    )
    op.drop_index(op.f("ix_interactions_campaign_id"), table_name="interactions")
    op.drop_table("interactions")
    op.drop_index(op.f("ix_deal_stage_changes_employee_id"), table_name="deal_stage_changes")
    op.drop_index(
        op.f("ix_deal_stage_changes_deal_id_deal_stage_changes_at"), table_name="deal_stage_changes"
    )
    op.drop_index(op.f("ix_deal_stage_changes_before_id"), table_name="deal_stage_changes")
    op.drop_index(op.f("ix_deal_stage_changes_at"), table_name="deal_stage_changes")
    op.drop_index(op.f("ix_deal_stage_changes_after_id"), table_name="deal_stage_changes")
    op.drop_table("deal_stage_changes")
    op.drop_index(op.f("ix_deal_lines_product_id"), table_name="deal_lines")
    op.drop_index(op.f("ix_deal_lines_deal_id"), table_name="deal_lines")
    op.drop_table("deal_lines")
    op.drop_index(op.f("ix_effects_undone_by_id"), table_name="effects")
    op.drop_table("effects")
    op.drop_index(op.f("ix_deals_stage_id_deals_close_on"), table_name="deals")
    op.drop_index(op.f("ix_deals_owner_id_deals_stage_id"), table_name="deals")
    op.drop_index(op.f("ix_deals_opened_on"), table_name="deals")
    op.drop_index(op.f("ix_deals_name"), table_name="deals")
    op.drop_index(op.f("ix_deals_lost_reason_id"), table_name="deals")
    op.drop_index(op.f("ix_deals_customer_id_deals_opened_on"), table_name="deals")
    op.drop_index(op.f("ix_deals_company_id"), table_name="deals")
    op.drop_index(op.f("ix_deals_closed_on_deals_stage_id"), table_name="deals")
    op.drop_index(op.f("ix_deals_campaign_id"), table_name="deals")
    op.drop_table("deals")
    op.drop_index(op.f("ix_changes_table_name_changes_row_id"), table_name="changes")
    op.drop_index(op.f("ix_changes_subject_id_changes_id"), table_name="changes")
    op.drop_table("changes")
    op.drop_index(op.f("ix_campaign_members_customer_id"), table_name="campaign_members")
    op.drop_table("campaign_members")
    op.drop_index(op.f("ix_buttons_outgoing_id"), table_name="buttons")
    op.drop_index(op.f("ix_buttons_employee_id"), table_name="buttons")
    op.drop_index(op.f("ix_buttons_conversation_id"), table_name="buttons")
    op.drop_table("buttons")
    op.drop_index(op.f("ix_postal_addresses_customer_id"), table_name="postal_addresses")
    op.drop_index(op.f("ix_postal_addresses_city"), table_name="postal_addresses")
    op.drop_table("postal_addresses")
    op.drop_index(op.f("ix_phones_number_phones_customer_id"), table_name="phones")
    op.drop_index(op.f("ix_phones_customer_id"), table_name="phones")
    op.drop_table("phones")
    op.drop_index(op.f("ix_outgoing_external_id"), table_name="outgoing")
    op.drop_index(op.f("ix_outgoing_employee_id"), table_name="outgoing")
    op.drop_index(
        "ix_outgoing_waiting",
        table_name="outgoing",
        sqlite_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
    )
    op.drop_index(
        "ix_outgoing_due",
        table_name="outgoing",
        sqlite_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
    )
    op.drop_index(op.f("ix_outgoing_conversation_id_outgoing_due_at"), table_name="outgoing")
    op.drop_table("outgoing")
    op.drop_index(op.f("ix_lifecycle_changes_employee_id"), table_name="lifecycle_changes")
    op.drop_index(
        op.f("ix_lifecycle_changes_customer_id_lifecycle_changes_at"),
        table_name="lifecycle_changes",
    )
    op.drop_index(
        op.f("ix_lifecycle_changes_at_lifecycle_changes_after"), table_name="lifecycle_changes"
    )
    op.drop_table("lifecycle_changes")
    op.drop_index(op.f("ix_hand_overs_to_employee_id"), table_name="hand_overs")
    op.drop_index(op.f("ix_hand_overs_status_hand_overs_effective_at"), table_name="hand_overs")
    op.drop_index(op.f("ix_hand_overs_from_employee_id"), table_name="hand_overs")
    op.drop_index(op.f("ix_hand_overs_customer_id"), table_name="hand_overs")
    op.drop_index(op.f("ix_hand_overs_by_employee_id"), table_name="hand_overs")
    op.drop_table("hand_overs")
    op.drop_index(op.f("ix_follows_employee_id"), table_name="follows")
    op.drop_table("follows")
    op.drop_index(op.f("ix_email_addresses_address"), table_name="email_addresses")
    op.drop_table("email_addresses")
    op.drop_index(op.f("ix_deeds_undone_by_id"), table_name="deeds")
    op.drop_index(op.f("ix_deeds_undoes_id"), table_name="deeds")
    op.drop_index(op.f("ix_deeds_root_id"), table_name="deeds")
    op.drop_index(op.f("ix_deeds_replaces_id"), table_name="deeds")
    op.drop_index(op.f("ix_deeds_employee_id_deeds_id"), table_name="deeds")
    op.drop_index(op.f("ix_deeds_conversation_id_deeds_message_id"), table_name="deeds")
    op.drop_table("deeds")
    op.drop_index(op.f("ix_customer_names_name"), table_name="customer_names")
    op.drop_table("customer_names")
    op.drop_index(op.f("ix_company_roles_person_id"), table_name="company_roles")
    op.drop_index(op.f("ix_company_roles_company_id"), table_name="company_roles")
    op.drop_table("company_roles")
    op.drop_index(op.f("ix_campaigns_segment_id"), table_name="campaigns")
    op.drop_index(op.f("ix_campaigns_created_by_id"), table_name="campaigns")
    op.drop_table("campaigns")
    op.drop_index(op.f("ix_segments_created_by_id"), table_name="segments")
    op.drop_table("segments")
    op.drop_index(op.f("ix_invite_codes_employee_id"), table_name="invite_codes")
    op.drop_table("invite_codes")
    op.drop_index(op.f("ix_customers_source"), table_name="customers")
    op.drop_index(op.f("ix_customers_segment_customers_id"), table_name="customers")
    op.drop_index(op.f("ix_customers_region_customers_id"), table_name="customers")
    op.drop_index(op.f("ix_customers_owner_id_customers_archived_at"), table_name="customers")
    op.drop_index(op.f("ix_customers_occupation_customers_id"), table_name="customers")
    op.drop_index(op.f("ix_customers_name"), table_name="customers")
    op.drop_index(op.f("ix_customers_merged_into_id"), table_name="customers")
    op.drop_index(op.f("ix_customers_lifecycle_stage_customers_id"), table_name="customers")
    op.drop_index(op.f("ix_customers_created_at"), table_name="customers")
    op.drop_table("customers")
    op.drop_index(
        "uq_conversations_of_nobody",
        table_name="conversations",
        sqlite_where=sa.text("employee_id IS NULL"),
        postgresql_where=sa.text("employee_id IS NULL"),
    )
    op.drop_index(op.f("ix_conversations_employee_id"), table_name="conversations")
    op.drop_table("conversations")
    op.drop_index(op.f("ix_channel_identities_employee_id"), table_name="channel_identities")
    op.drop_table("channel_identities")
    op.drop_table("stages")
    op.drop_table("search_words")
    op.drop_table("search_spellings")
    op.drop_table("search_names")
    op.drop_table("search_keys")
    op.drop_index(op.f("ix_received_received_at"), table_name="received")
    op.drop_table("received")
    op.drop_table("products")
    op.drop_table("lost_reasons")
    op.drop_table("file_contents")
    op.drop_table("employees")

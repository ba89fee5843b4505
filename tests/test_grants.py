"""What the application's role may do, asked of the database itself, table by table."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.utils import ProgrammingError

from coop.common.grants import ALL, OURS, statements

MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.managed and model.__module__.startswith(OURS)
]
NOT_OURS = [model for model in apps.get_models(include_auto_created=True) if model not in MODELS]
APPEND_ONLY = [
    "documents_file",
    "record_entry",
    "statute_statuteversion",
    "statute_statutereform",
    "statute_resolution",
    "council_seat",
    "assemblies_agendaitem",
    "assemblies_rollentry",
    "assemblies_motionproposal",
    "assemblies_minutes",
    "assemblies_remark",
    "assemblies_signer",
    "statute_payunit",
    "ledger_account",
    "ledger_entry",
    "ledger_line",
    "payroll_hourssheet",
    "payroll_hoursline",
    "payroll_hoursanswer",
    "payroll_payslip",
    "payroll_receiptmark",
    "payroll_payunitproposal",
    "payroll_surplusproposal",
    "payroll_surplusdistribution",
    "access_mailaddress",
    "assemblies_mandate",
    "assemblies_mandateholder",
    "assemblies_mandatereport",
    "members_application",
    "members_applicationanswer",
    "members_contactchange",
    "members_look",
    "members_memberfact",
    "members_posting",
    "members_sanctionfile",
    "members_sanctionstep",
    "members_sectionname",
    "record_verification",
    "shares_loss",
    "shares_payment",
    "shares_paymentmethod",
    "shares_refundpayment",
    "shares_refundrequest",
    "shares_refundyear",
    "shares_subscription",
    "shares_waychosen",
    "statute_bookpage",
    "council_declaration",
    "council_slate",
    "council_draw",
    "council_drawseed",
    "council_drawcalledoff",
    "council_drawresult",
    "council_checklist",
    "council_handoveritem",
    "council_handovermark",
    "council_handoversignature",
    "council_filing",
    "council_filingrule",
    "council_filingstep",
    "jobs_skill",
    "jobs_confirmation",
]
NEVER_DELETED = [
    *APPEND_ONLY,
    "documents_document",
    "documents_part",
    "members_member",
    "members_account",
    "statute_cooperative",
    "assemblies_assembly",
    "assemblies_attendance",
    "assemblies_motion",
    "assemblies_poll",
    "assemblies_ballot",
    "payroll_payrun",
    "access_card",
    "access_device",
    "access_hallpin",
    "assemblies_kiosk",
    "members_contact",
    "members_section",
    "portal_beginning",
    "shares_bankchange",
    "statute_bookline",
    "council_term",
    "council_handover",
    "council_termreminder",
    "jobs_task",
    "jobs_turn",
    "jobs_swap",
    "jobs_away",
]


def name_of(model: type[models.Model]) -> str:
    return str(model._meta.db_table)


def one(statement: str, *params: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchone()[0]


def may(table: str, right: str) -> object:
    return one("SELECT has_table_privilege(%s::text, %s::text)", table, right)


def updatable_columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::text::regclass AND attnum > 0"
            " AND NOT attisdropped AND has_column_privilege(attrelid, attnum, 'UPDATE')",
            [table],
        )
        return {row[0] for row in cursor.fetchall()}


def refuse(statement: str, error: type[DatabaseError] = ProgrammingError, match: str = "denied") -> None:
    with pytest.raises(error, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_tests_act_as_the_applications_role(databases):
    assert one("SELECT current_user::text") == databases.application.name
    assert (
        one("SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        is False
    )


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_the_application_may_do_what_the_model_declares_and_nothing_else(model):
    table = model._meta.db_table
    every = {field.column for field in model._meta.concrete_fields}
    declared = getattr(model, "app_may_update", ())
    assert {
        "select": may(table, "SELECT"),
        "insert": may(table, "INSERT"),
        "update": updatable_columns(table),
        "delete": may(table, "DELETE"),
        "rest": [right for right in ("TRUNCATE", "REFERENCES", "TRIGGER") if may(table, right)],
    } == {
        "select": True,
        "insert": True,
        "update": every if declared == ALL else set(declared),
        "delete": getattr(model, "app_may_delete", False),
        "rest": [],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("model", NOT_OURS, ids=name_of)
def test_djangos_own_tables_are_read_only(model):
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
    assert [right for right in rights if may(model._meta.db_table, right)] == ["SELECT"]


@pytest.mark.django_db
def test_every_table_is_a_model_of_ours_or_djangos():
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables - known == {"django_migrations"}
    assert may("django_migrations", "INSERT") is False


def test_the_append_only_tables_are_those_whose_model_lets_nothing_change():
    silent = {
        model._meta.db_table
        for model in MODELS
        if not getattr(model, "app_may_update", ()) and not getattr(model, "app_may_delete", False)
    }
    assert silent == set(APPEND_ONLY)


def test_what_holds_no_history_is_all_that_may_be_deleted():
    deletable = {model._meta.db_table for model in MODELS if getattr(model, "app_may_delete", False)}
    assert deletable == {
        "access_challenge",
        "access_mailcode",
        "members_signin",
        "members_failedsignin",
        # Derived from the dated facts, written anew with them; `verify` compares.
        "members_period",
        "council_termsupload",
        "members_registerupload",
        "payroll_hoursupload",
        "payroll_surplusdraft",
        "statute_logo",
        "statute_statutedraft",
    }
    assert deletable.isdisjoint(NEVER_DELETED)
    assert deletable | set(NEVER_DELETED) == {model._meta.db_table for model in MODELS}


@pytest.mark.django_db
@pytest.mark.parametrize("model", [model for model in MODELS if name_of(model) in APPEND_ONLY], ids=name_of)
def test_database_refuses_to_update_what_is_append_only(model):
    for field in model._meta.concrete_fields:
        # What the database works out itself cannot be written by anybody.
        if isinstance(field, models.GeneratedField):
            continue
        refuse(f"UPDATE {name_of(model)} SET {field.column} = {field.column}")


@pytest.mark.django_db
@pytest.mark.parametrize("table", NEVER_DELETED)
def test_database_refuses_to_delete_history(table):
    refuse(f"DELETE FROM {table}")
    refuse(f"DELETE FROM {table} WHERE false")


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_database_refuses_to_truncate_any_table(model):
    refuse(f"TRUNCATE {model._meta.db_table}")
    refuse(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_nothing_is_deleted_with_something_else(model):
    assert [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    ] == []


@pytest.mark.django_db
def test_no_foreign_key_of_the_database_deletes_or_blanks():
    assert (
        one("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND confdeltype NOT IN ('a', 'r')") == 0
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "SET LOCAL session_replication_role = replica",
        "SELECT set_config('session_replication_role', 'replica', true)",
    ],
)
def test_the_application_cannot_put_triggers_to_sleep(statement):
    refuse(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE assemblies_ballot DISABLE TRIGGER ALL",
        "ALTER TABLE record_entry DISABLE TRIGGER USER",
        "DROP TABLE assemblies_ballot",
        "ALTER TABLE assemblies_poll DROP CONSTRAINT poll_result_is_whole",
        "ALTER TABLE record_entry ADD COLUMN x integer",
        "CREATE RULE gone AS ON INSERT TO assemblies_ballot DO INSTEAD NOTHING",
        "ALTER TABLE record_entry OWNER TO CURRENT_USER",
    ],
)
def test_the_application_cannot_change_a_table(statement):
    refuse(statement, match="must be owner")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE here (x integer)",
        "CREATE FUNCTION here() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA here",
    ],
)
def test_the_application_cannot_make_anything(statement):
    refuse(statement, DatabaseError)


@pytest.mark.django_db
def test_the_application_cannot_become_the_owner(databases):
    refuse(f"SET ROLE {databases.owner.name}")
    refuse(f"SET SESSION AUTHORIZATION {databases.owner.name}")


def rights_in(connection, role: str) -> set[tuple]:
    """Every right of the role on tables, columns and sequences, as the catalog holds them."""
    return set(
        connection.execute(
            "SELECT c.relname, NULL, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a"
            " WHERE a.grantee = %(role)s::regrole UNION ALL"
            " SELECT c.relname, t.attname, a.privilege_type FROM pg_attribute t"
            " JOIN pg_class c ON c.oid = t.attrelid, aclexplode(t.attacl) a"
            " WHERE a.grantee = %(role)s::regrole",
            {"role": role},
        ).fetchall()
    )


def test_granting_again_takes_back_whatever_was_granted_by_hand(real_database, databases, owner):
    role = databases.application.name
    before = rights_in(owner, role)
    owner.execute(
        f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role};"
        f"GRANT UPDATE (facts) ON record_entry TO {role};"
        f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}; GRANT CREATE ON SCHEMA public TO {role}"
    )
    assert rights_in(owner, role) > before
    databases.use(real_database.name, databases.owner)
    for _ in range(2):
        call_command("grant_application_role", role, skip_checks=True)
    databases.use(real_database.name, databases.application)
    assert rights_in(owner, role) == before
    refuse("CREATE TABLE here (x integer)")


def test_a_role_with_a_strange_name_is_quoted_and_not_run():
    strange = 'x"; DROP TABLE record_entry; --'
    said = [statement.as_string() for statement in statements(strange, "public")]
    assert all('"x""; DROP TABLE record_entry; --"' in statement for statement in said)


@pytest.mark.django_db
def test_every_trigger_function_looks_in_its_own_schema_before_the_temporary_one():
    """A temporary table of the application's must not stand in for a table that a trigger reads."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.proconfig::text FROM pg_proc p JOIN pg_trigger t ON t.tgfoid = p.oid"
            " WHERE NOT t.tgisinternal"
        )
        paths = dict(cursor.fetchall())
    triggers = [trigger for model in MODELS for trigger in getattr(model._meta, "triggers", [])]
    schema = one("SELECT current_schema()::text")
    assert len(paths) == len(triggers)
    assert set(paths.values()) == {f'{{"search_path={schema}, pg_temp"}}'}


@pytest.mark.django_db
def test_no_trigger_function_asks_whether_it_should_be_ignored():
    """pgtrigger's own begin so, and any role may answer: SET pgtrigger.ignore."""
    assert one("SELECT count(*) FROM pg_proc WHERE prosrc LIKE '%%pgtrigger_should_ignore%%'") == 0
    assert one("SELECT count(*) FROM pg_proc WHERE proname LIKE '%%should_ignore%%'") == 0


@pytest.mark.django_db
def test_every_trigger_is_on():
    assert one("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'") == 0

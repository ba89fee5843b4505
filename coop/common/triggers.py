"""Triggers that hold for everybody: pgtrigger's own can be switched off, and led astray, with plain SQL.

Its functions begin by asking the setting `pgtrigger.ignore`, which any role may set; and they find their
tables by the search path of the caller, where a temporary table comes first. Ours do neither.
"""

import pgtrigger
from django.db.models import Model
from pgtrigger import compiler


class HeldSql(compiler.UpsertTriggerSql):
    """pgtrigger's template without the way out, its function bound to the schema it is made in.

    Migrations name this class: like the template it replaces, it changes only together with new migrations.
    """

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}()
            RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;

            DO $$ BEGIN
                EXECUTE format('ALTER FUNCTION {pgid}() SET search_path = %I, pg_temp', current_schema());
            END $$;

            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table}
                {timing}
                {referencing}
                FOR EACH {level} {condition}
                EXECUTE PROCEDURE {execute};

            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


def _held(compiled: compiler.Trigger) -> compiler.Trigger:
    parts = {name: value for name, value in compiled.sql.kwargs.items() if name != "ignore_func_name"}
    return compiler.Trigger(name=compiled.name, sql=HeldSql(**parts))


class Trigger(pgtrigger.Trigger):
    def compile(self, model: Model) -> compiler.Trigger:
        return _held(super().compile(model))


class Protect(pgtrigger.Protect):
    def compile(self, model: Model) -> compiler.Trigger:
        return _held(super().compile(model))

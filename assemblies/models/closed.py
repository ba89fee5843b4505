"""Nothing joins an assembly that is over, and nothing in it changes: its minutes rest on that."""

from typing import Any

import pgtrigger

from coop.common.triggers import Trigger


def only_before_the_close(operation: Any, assembly: str) -> Trigger:
    """`assembly` is SQL for the key of the row's assembly."""
    return Trigger(
        name="only_before_the_close",
        when=pgtrigger.Before,
        operation=operation,
        func=f"""
            IF EXISTS (
                SELECT FROM assemblies_assembly a WHERE a.id = ({assembly}) AND a.state = 'closed'
            ) THEN
                RAISE EXCEPTION '% of an assembly that is closed', TG_TABLE_NAME;
            END IF;
            RETURN NEW;
        """,
    )

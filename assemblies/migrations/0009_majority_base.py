import coop.common.triggers
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('assemblies', '0008_hall'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='poll',
            name='counts_every_ballot',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poll',
            trigger=pgtrigger.compiler.Trigger(name='counts_every_ballot', sql=coop.common.triggers.HeldSql(condition='WHEN (NEW."state" = \'closed\')', declare='DECLARE counted bigint[]; absent bigint; base bigint; share bigint; got bigint; carried boolean;', func="\n                    SELECT ARRAY[\n                        count(*) FILTER (WHERE b.choice = 'yes'),\n                        count(*) FILTER (WHERE b.choice = 'no'),\n                        count(*) FILTER (WHERE b.choice = 'abstain')]\n                      INTO counted\n                      FROM assemblies_ballot b JOIN assemblies_rollentry r ON r.id = b.entry_id\n                     WHERE r.poll_id = NEW.id;\n                    IF counted <> ARRAY[NEW.yes, NEW.no, NEW.abstain]::bigint[] THEN\n                        RAISE EXCEPTION 'poll %: the result is not the count of its ballots', NEW.id;\n                    END IF;\n                    -- A poll of before these words were known: votes cast, and who abstains is absent.\n                    absent := CASE COALESCE(NEW.majority_rule->>'abstention', 'absent')\n                        WHEN 'absent' THEN NEW.abstain WHEN 'counted' THEN 0 END;\n                    base := CASE COALESCE(NEW.majority_rule->>'base', 'cast')\n                        WHEN 'cast' THEN NEW.yes + NEW.no + NEW.abstain - absent\n                        WHEN 'present' THEN NEW.present - NEW.voice_only - absent\n                        WHEN 'roll' THEN NEW.on_register END;\n                    share := (NEW.majority_rule->>'numerator')::bigint * base;\n                    got := (NEW.majority_rule->>'denominator')::bigint * NEW.yes;\n                    carried := NEW.yes > 0 AND CASE\n                        WHEN (NEW.majority_rule->>'strict')::boolean THEN got > share ELSE got >= share END;\n                    IF NEW.adopted IS DISTINCT FROM carried THEN\n                        RAISE EXCEPTION 'poll %: the verdict is not what its rule says', NEW.id;\n                    END IF;\n                    RETURN NEW;\n                ", hash='70c21dc981720113edef2a9da7399478dffb723f', operation='UPDATE', pgid='pgtrigger_counts_every_ballot_c0033', table='assemblies_poll', when='BEFORE')),
        ),
    ]

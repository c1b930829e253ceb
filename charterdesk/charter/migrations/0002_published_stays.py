"""The database refuses to change what a published version says."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION charter_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' AND (TG_OP = 'DELETE' OR NEW.state <> OLD.state OR NEW.content <> OLD.content) THEN
        RAISE EXCEPTION 'a published charter is never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER charter_published_stays BEFORE UPDATE OR DELETE ON charter_charterversion
    FOR EACH ROW EXECUTE FUNCTION charter_published_stays();
"""
BACKWARD = """
DROP TRIGGER charter_published_stays ON charter_charterversion;
DROP FUNCTION charter_published_stays();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("charter", "0001_the_charter")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

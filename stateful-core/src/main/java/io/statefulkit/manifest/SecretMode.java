package io.statefulkit.manifest;

/** Whether passwords appear in YAML. */
public enum SecretMode {
    /** Values of Secrets are left out. The YAML can be shown to anybody. */
    REDACTED,
    /** Values of Secrets that the spec knows are written out. Generated passwords are not known and never appear. */
    INCLUDED
}

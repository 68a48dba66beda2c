-- Views that read through functions, re-created on every deploy: checks and operators' views.
-- psql -1 -f functions/load.sql -f sql/build.sql: one transaction, in which the functions' list has taken the owner's role.

-- Checks: what is wrong with the source of the newest run. They read the raw rows, which are those of one run.
\ir checks/orphan_schema_link.sql
\ir checks/orphan_pattern.sql
\ir checks/orphan_make_model.sql
\ir checks/malformed_key.sql
\ir checks/wmi_without_make.sql
\ir checks/duplicate_pattern.sql
\ir checks/implausible_link_year.sql
\ir checks/rejected_row.sql
\ir checks/finding.sql

-- Gates: what is wrong with a release; each row refuses a publish (etl.verify_release).
\ir checks/excessive_finding.sql
\ir checks/empty_table.sql
\ir checks/shrunken_table.sql
\ir checks/dangling_reference.sql
\ir checks/lost_make.sql
\ir checks/canary_difference.sql
\ir checks/changed_canaries.sql
\ir checks/withdrawn_source.sql

-- What operators look at.
\ir admin/release.sql
\ir admin/run.sql
\ir admin/run_step.sql
\ir admin/schedule.sql
\ir admin/refusal.sql

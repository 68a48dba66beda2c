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
\ir checks/pinned_release.sql

-- What operators look at.
\ir admin/release.sql
\ir admin/run.sql
\ir admin/run_step.sql
\ir admin/schedule.sql
\ir admin/run_finding.sql
\ir admin/run_change.sql
\ir admin/refusal.sql
\ir admin/publication.sql
\ir admin/objection.sql
\ir admin/comparison.sql
\ir admin/canary.sql
\ir admin/job.sql
\ir admin/action.sql
\ir admin/pin.sql

-- What operators do, each with a reason; they answer with a row of admin.action.
\ir ../functions/admin/request_rebuild.sql
\ir ../functions/admin/cancel_rebuild.sql
\ir ../functions/admin/publish_release.sql
\ir ../functions/admin/roll_back.sql
\ir ../functions/admin/pin_release.sql
\ir ../functions/admin/unpin_release.sql

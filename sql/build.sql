-- Views that read through functions, re-created on every deploy: checks and operators' views.
-- psql -1 -f functions/load.sql -f sql/build.sql: one transaction, in which the functions' list has taken the owner's role.

-- Checks: what is wrong with the source of the newest run. No publish asks them yet: they tell operators, and refuse nothing.
-- They read the raw rows, which are those of one run, so they need no release; judging a release that is already compiled
-- is another matter.
\ir checks/orphan_schema_link.sql
\ir checks/orphan_pattern.sql
\ir checks/orphan_make_model.sql
\ir checks/malformed_key.sql
\ir checks/wmi_without_make.sql
\ir checks/duplicate_pattern.sql
\ir checks/implausible_link_year.sql
\ir checks/rejected_row.sql
\ir checks/finding.sql

-- What operators look at.
\ir admin/release.sql
\ir admin/run.sql
\ir admin/refusal.sql

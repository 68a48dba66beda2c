-- Every function, in the data's order. psql -1 -f functions/load.sql does what a deploy does.

-- Everything below belongs to mvp_platform_owner; what is in no file goes.
\ir owner.sql
\ir clear.sql

-- vin: text in, value out, no table.
\ir vin/normalize.sql
\ir vin/character_value.sql
\ir vin/weighted_values.sql
\ir vin/weighted_sum.sql
\ir vin/check_digit.sql
\ir vin/problems.sql
\ir vin/wmi.sql
\ir vin/descriptor.sql
\ir vin/key_image.sql
\ir vin/model_year_code.sql

-- staging: raw rows under our names, which the compile steps read.
\ir ../sql/staging/element.sql
\ir ../sql/staging/lookup_value.sql
\ir ../sql/staging/pattern.sql
\ir ../sql/staging/schema_link.sql
\ir ../sql/staging/error_code.sql
\ir ../sql/staging/displacement.sql
\ir ../sql/staging/unusable_row.sql

-- decoder: keys as accept strings.
\ir decoder/key_tokens.sql
\ir decoder/class_characters.sql
\ir decoder/token_characters.sql
\ir decoder/token_symbols.sql
\ir decoder/key_symbols.sql
\ir decoder/used_positions.sql
\ir decoder/symbol_at.sql
\ir decoder/image_symbols.sql
\ir decoder/vin_symbols.sql
\ir decoder/known_symbols.sql
\ir decoder/clean_value.sql
\ir decoder/convert_unit.sql

-- decoder: the answer for one model year.
\ir decoder/find_segment.sql
\ir decoder/is_plain.sql
\ir decoder/is_regular.sql
\ir decoder/serial_digits_from.sql
\ir decoder/check_digit.sql
\ir decoder/match_patterns.sql
\ir decoder/match_formulas.sql
\ir decoder/match_engine_model.sql
\ir decoder/fill.sql
\ir decoder/find_makes.sql
\ir decoder/convert.sql
\ir decoder/find_specs.sql
\ir decoder/find_defaults.sql
\ir decoder/has_specs.sql
\ir decoder/complete_items.sql
\ir decoder/find_items.sql
\ir decoder/check_positions.sql
\ir decoder/unused_positions.sql
\ir decoder/body_traits.sql
\ir decoder/verdict_traits.sql
\ir decoder/unread_positions.sql
\ir decoder/invalid_positions.sql
\ir decoder/mark_positions.sql
\ir decoder/decode_pass.sql

-- decoder: how sure.
\ir decoder/model_constant.sql
\ir decoder/look_alikes.sql
\ir decoder/misread_probability.sql
\ir decoder/position_doubts.sql
\ir decoder/undetected_doubts.sql
\ir decoder/find_doubts.sql
\ir decoder/element_confidence.sql
\ir decoder/shown_confidence.sql
\ir decoder/unopposed_confidence.sql
\ir decoder/statement_head.sql
\ir decoder/statement_json.sql
\ir decoder/statement_heads.sql
\ir decoder/common_heads.sql
\ir decoder/field_name.sql
\ir decoder/field_json.sql
\ir decoder/confidence_json.sql
\ir decoder/correction_json.sql
\ir decoder/own_json.sql
\ir decoder/regular_json.sql

-- decoder: the choice between model years.
\ir decoder/year_candidates.sql
\ir decoder/refuse.sql
\ir decoder/weigh_pass.sql
\ir decoder/lightest_pass.sql
\ir decoder/best_pass.sql
\ir decoder/decode.sql
\ir decoder/error_text.sql
\ir decoder/warnings.sql
\ir decoder/additional_error_text.sql
\ir decoder/engine_name.sql
\ir decoder/decode_elements.sql
\ir decoder/describe_items.sql
\ir decoder/describe_vin.sql
\ir decoder/take_apart.sql
\ir decoder/compose.sql
\ir decoder/decode_by_keys.sql
\ir decoder/decode_by_patterns.sql
\ir decoder/decode_rest.sql
\ir decoder/decode_document.sql
\ir decoder/decode_kinds.sql
\ir decoder/memo_limit.sql

-- decoder: why.
\ir decoder/positions_of.sql
\ir decoder/find_rivals.sql
\ir decoder/explain_year.sql
\ir decoder/explain.sql

-- decoder: which release.
\ir decoder/current_release_id.sql

-- etl: a run and its release.
\ir ../sql/etl/raw_table.sql
\ir etl/code_version.sql
\ir etl/release_of_run.sql
\ir etl/previous_release_id.sql
\ir etl/published_source.sql
\ir etl/count_rows.sql
\ir etl/drop_release.sql
\ir etl/empty_raw_tables.sql
\ir etl/bury_dead_runs.sql
\ir etl/clean_up.sql
\ir etl/begin_run.sql
\ir etl/record_source.sql
\ir etl/begin_release.sql
\ir etl/record_load.sql
\ir etl/record_skip.sql
\ir etl/reject_rows.sql
\ir etl/record_step.sql
\ir etl/analyze_tables.sql

-- etl: compile steps of a rebuild, in their order.
\ir etl/compile_steps.sql
\ir ../sql/etl/compile_step.sql
\ir etl/compile_elements.sql
\ir etl/compile_wmis.sql
\ir etl/compile_keys.sql
\ir etl/compile_patterns.sql
\ir etl/compile_texts.sql
\ir etl/compile_segments.sql
\ir etl/compile_engines.sql
\ir etl/compile_rules.sql
\ir etl/compile_shares.sql
\ir decoder/key_masks.sql
\ir decoder/masks_overlap.sql
\ir decoder/key_literals.sql
\ir etl/compile_vehicles.sql
\ir etl/key_engines.sql
\ir etl/compile_terms.sql
\ir etl/compile_options.sql
\ir etl/run_compile_step.sql

-- etl: the gates before a publish; their views follow in sql/build.sql.
\ir etl/threshold.sql
\ir etl/draw_canaries.sql
\ir etl/canary_answers.sql
\ir etl/verify_release.sql
\ir etl/describe_changes.sql
\ir etl/render_changes.sql
\ir etl/check_run.sql

-- etl: what operators do.
\ir etl/subject.sql
\ir etl/record_action.sql
\ir etl/has_worker.sql
\ir etl/ask_worker.sql
\ir etl/next_job_request.sql
\ir etl/settle_job_request.sql
\ir etl/list_jobs.sql
\ir etl/pin_in_force.sql

-- etl: the end of a run.
\ir etl/finish_run.sql
\ir etl/fail_run.sql
\ir etl/publish.sql
\ir etl/rollback.sql
\ir etl/prune_releases.sql

-- etl: a run seen from outside.
\ir etl/report_progress.sql
\ir etl/cancel_run.sql
\ir etl/is_over.sql
\ir etl/describe_run.sql
\ir etl/record_schedule.sql
\ir etl/count_jobs.sql
\ir etl/last_good_at.sql
\ir etl/without_folders.sql
\ir etl/is_outdated.sql
\ir etl/wanted_rebuild.sql
\ir etl/describe_failure.sql
\ir etl/describe_age.sql
\ir etl/render_status.sql

-- decoder: what a dropdown asks for.
\ir decoder/find_make.sql
\ir decoder/find_models.sql
\ir decoder/find_vehicle_types.sql
\ir decoder/list_options.sql

-- decoder: what a list of the vPIC API asks for.
\ir decoder/listed_release_id.sql
\ir decoder/is_named_like.sql
\ir decoder/search_makes.sql
\ir decoder/search_manufacturers.sql
\ir decoder/search_vehicle_types.sql
\ir decoder/maker_profile.sql
\ir decoder/listing_rank.sql
\ir decoder/decode_values.sql

-- api: the contract; all that the server's role may call.
\ir api/data_version.sql
\ir api/replication.sql
\ir api/status.sql
\ir api/rebuilds.sql
\ir api/health.sql
\ir api/metrics.sql
\ir api/decode_elements.sql
\ir api/decode_vin_text.sql
\ir api/decode_vin.sql
\ir api/decode_vins_text.sql
\ir api/decode_vins.sql
\ir api/remember_vins.sql
\ir api/explain_vin.sql
\ir api/makes.sql
\ir api/models.sql
\ir api/years.sql
\ir api/trims.sql
\ir api/engines.sql
\ir api/transmissions.sql

-- api: the shapes of the public vPIC API.
\ir api/vpic_decode_vin.sql
\ir api/vpic_decode_vin_values.sql
\ir api/vpic_decode_vins_values.sql
\ir api/vpic_decode_wmi.sql
\ir api/vpic_makes.sql
\ir api/vpic_manufacturers.sql
\ir api/vpic_manufacturer_details.sql
\ir api/vpic_makes_of_manufacturer.sql
\ir api/vpic_makes_of_manufacturer_year.sql
\ir api/vpic_makes_of_vehicle_type.sql
\ir api/vpic_models.sql
\ir api/vpic_models_of_year.sql
\ir api/vpic_vehicle_types.sql
\ir api/vpic_variables.sql
\ir api/vpic_variable_values.sql
\ir api/vpic_wmis.sql

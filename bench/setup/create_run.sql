-- Copying files takes a second or two; through the log it would take as long again.
create database "mvp-platform-bench-run" template "mvp-platform-bench" strategy = file_copy;

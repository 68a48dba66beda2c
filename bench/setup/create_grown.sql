create database "mvp-platform-bench-grown" template "mvp-platform-bench" strategy = file_copy;

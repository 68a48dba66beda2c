drop database if exists "mvp-platform-bench-run" with (force);

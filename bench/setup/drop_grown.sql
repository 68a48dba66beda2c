drop database if exists "mvp-platform-bench-grown" with (force);

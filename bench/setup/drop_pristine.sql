drop database if exists "mvp-platform-bench" with (force);

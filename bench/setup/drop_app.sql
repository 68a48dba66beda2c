drop database if exists "mvp-platform-bench-app" with (force);

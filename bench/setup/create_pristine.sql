create database "mvp-platform-bench" template template0 encoding 'UTF8';

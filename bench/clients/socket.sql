select current_setting('unix_socket_directories') as folders, current_setting('port') as port;

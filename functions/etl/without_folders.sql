-- A failure names the file that it met, a source the file that it is; their folders are nobody's business. A URL keeps its path.
create or replace function etl.without_folders(text text)
    returns text
    language sql
    immutable strict parallel safe
    return regexp_replace(without_folders.text, '(^|[\s"''(])/([^/\s]+/)+', '\1', 'g');
comment on function etl.without_folders(text) is
    'A text for everybody: absolute paths in it are cut to the names of their files.';

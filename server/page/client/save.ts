/** Has the browser save a text as a file. */
export function save(name: string, text: string): void {
  // Excel takes a file without the mark for the system's own encoding.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

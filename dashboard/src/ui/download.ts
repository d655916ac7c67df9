/** Hands `content` to the browser as a file to keep. */
export function download(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the content over by the next turn; the address is needed no longer.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** A field of an export as its form holds it; without a title it is called by its own name in the file. */
export type ExportField = { readonly name: string; readonly title: string };

/** What is wrong with the title of each field: no two may be called the same. */
export function titleProblems(fields: readonly ExportField[]): (string | undefined)[] {
  const titles = fields.map(titleOf);
  return titles.map((title, at) => (titles.indexOf(title) < at ? `Another field is called ${title}.` : undefined));
}

/** As the API takes them. */
export function requestedFields(fields: readonly ExportField[]): { name: string; export_as?: string }[] {
  return fields.map(({ name, title }) => (title.trim() === '' ? { name } : { name, export_as: title.trim() }));
}

function titleOf({ name, title }: ExportField): string {
  return title.trim() || name;
}

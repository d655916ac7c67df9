/** What an export writes of each user, and what that is called in the file. */
import { Code, Group, Input, Stack, TagsInput, TextInput } from '@mantine/core';
import { USUAL_FIELDS, USUAL_FIELDS_JSON } from '../../../../server/api/jobs/known.ts';
import { type ExportField, titleProblems } from './export-titles.ts';
import type { Export } from './queries.ts';

export type ExportFieldsProps = {
  format: Export['format'];
  fields: readonly ExportField[];
  onChange: (fields: readonly ExportField[]) => void;
  error: string | undefined;
};

export function ExportFields({ format, fields, onChange, error }: ExportFieldsProps) {
  const choose = (names: string[]) =>
    onChange(names.map((name) => fields.find((field) => field.name === name) ?? { name, title: '' }));
  return (
    <Stack gap="md">
      <TagsInput
        id="fields"
        label="Fields"
        description="Empty for the usual ones. Parts of metadata are named by their path: user_metadata.plan."
        placeholder={fields.length === 0 ? 'The usual ones' : undefined}
        clearable
        clearButtonProps={{ 'aria-label': 'Back to the usual fields' }}
        maxTags={100}
        maxDropdownHeight={260}
        data={[...(format === 'csv' ? [...USUAL_FIELDS, 'identities[0].connection'] : USUAL_FIELDS_JSON)]}
        value={fields.map(({ name }) => name)}
        error={error}
        onChange={choose}
      />
      {fields.length > 0 && <Titles fields={fields} onChange={onChange} />}
    </Stack>
  );
}

function Titles({ fields, onChange }: Pick<ExportFieldsProps, 'fields' | 'onChange'>) {
  const problems = titleProblems(fields);
  return (
    <Input.Wrapper
      label="Names in the file"
      labelElement="div"
      description="What reads the file may know a field by another name. Empty for its own."
    >
      <Stack gap="xs" mt="xs">
        {fields.map((field, at) => (
          <Group key={field.name} gap="md" align="flex-start" wrap="nowrap">
            <Code flex="1 1 0" mt={7} px={0} bg="none" style={{ overflowWrap: 'anywhere' }}>
              {field.name}
            </Code>
            <TextInput
              flex="1 1 0"
              aria-label={`Name of ${field.name} in the file`}
              placeholder={field.name}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={100}
              value={field.title}
              error={problems[at]}
              onChange={({ currentTarget: { value } }) =>
                onChange(fields.map((other) => (other === field ? { ...field, title: value } : other)))
              }
            />
          </Group>
        ))}
      </Stack>
    </Input.Wrapper>
  );
}

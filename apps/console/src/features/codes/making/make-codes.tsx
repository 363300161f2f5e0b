import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AssignForm } from './assign-form.tsx';
import { CreateForm } from './create-form.tsx';
import type { FormProps } from './form-props.ts';
import { GenerateForm } from './generate-form.tsx';
import { ImportForm } from './import-form.tsx';

/** Ways to come by codes; the main one last. */
export const ACTS = ['assign', 'import', 'create', 'generate'] as const;
export type Act = (typeof ACTS)[number];

const FORMS: Readonly<Record<Act, (props: FormProps) => React.ReactNode>> = {
  generate: GenerateForm,
  create: CreateForm,
  import: ImportForm,
  assign: AssignForm,
};

/** What makes codes, at the side of the list they will be in. The address says which. */
export function MakeCodes({ act, ...props }: FormProps & { act: Act | undefined }) {
  const { t } = useTranslation('codes');
  const Form = act && FORMS[act];
  return (
    <Drawer opened={act !== undefined} onClose={props.onClose} title={act && t(`${act}.title`)} size="lg">
      {Form && <Form {...props} />}
    </Drawer>
  );
}

import type { ReactNode } from 'react';
import { ErrorBox } from '../../../kit/index.ts';
import classes from '../editor/editor.module.css';
import type { Finding } from '../editor/editor-context.ts';
import { FindingList } from '../editor/findings.tsx';
import { PreviewPanel } from '../preview/preview-panel.tsx';
import type { Preview } from '../preview/use-preview.ts';

interface Props {
  readonly preview: Preview;
  /** Why the document could not be looked at. */
  readonly lintError: Error | null;
  readonly onGo: (finding: Finding) => void;
  readonly children: ReactNode;
}

/** An editor with what comes of it at its side. */
export const WithPreview = ({ preview, lintError, onGo, children }: Props) => (
  <div className={classes.columns}>
    <div>{children}</div>
    <div className={classes.aside}>
      <PreviewPanel preview={preview} />
      {lintError ? <ErrorBox error={lintError} /> : <FindingList onGo={onGo} />}
    </div>
  </div>
);

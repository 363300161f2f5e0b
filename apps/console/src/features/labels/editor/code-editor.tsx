import { javascript } from '@codemirror/lang-javascript';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { Input, useComputedColorScheme } from '@mantine/core';
import CodeMirror, { EditorView, type ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import classes from './code-editor.module.css';

/** What is wrong in a line of the source, from 1. */
export interface LineProblem {
  readonly line: number;
  readonly message: string;
}

interface Props {
  readonly label: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly value: string;
  readonly problems: readonly LineProblem[];
  readonly disabled: boolean;
  readonly onChange: (source: string) => void;
}

/** JavaScript with lines that can be pointed at. Tab leaves it, as it leaves every field. */
export function CodeEditor({ label, description, error, value, problems, disabled, onChange }: Props) {
  const scheme = useComputedColorScheme();
  const editor = useRef<ReactCodeMirrorRef>(null);
  const extensions = useMemo(
    () => [
      javascript(),
      lintGutter(),
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.lineWrapping,
    ],
    [label],
  );
  useEffect(() => {
    const view = editor.current?.view;
    if (!view) return;
    const { doc } = view.state;
    const found = problems
      .filter(({ line }) => line <= doc.lines)
      .map(({ line, message }): Diagnostic => {
        const { from, to } = doc.line(line);
        return { from, to, severity: 'error', message };
      });
    view.dispatch(setDiagnostics(view.state, found));
  }, [problems]);
  return (
    <Input.Wrapper label={label} labelElement="div" description={description} error={error}>
      <div className={classes.frame} data-wrong={error ? true : undefined}>
        <CodeMirror
          ref={editor}
          value={value}
          theme={scheme}
          extensions={extensions}
          editable={!disabled}
          indentWithTab={false}
          minHeight="180px"
          maxHeight="520px"
          basicSetup={{ foldGutter: false, highlightActiveLine: false, highlightActiveLineGutter: false }}
          onChange={onChange}
        />
      </div>
    </Input.Wrapper>
  );
}

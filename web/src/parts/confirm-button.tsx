import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ProblemNote } from '../states/problem-note.tsx';

interface ConfirmButtonProps {
  readonly label: string;
  /** The label and of what it is, for those who hear the button alone: where a page has several of the same label. */
  readonly longLabel?: string;
  /** What will happen, and what will not, in a sentence or two. */
  readonly does: string;
  /** Does it; what it throws is shown, and the question stays. */
  readonly onConfirm: () => Promise<unknown>;
  /** True for what cannot be taken back. */
  readonly isDangerous?: boolean;
  readonly isPrimary?: boolean;
  readonly disabled?: boolean;
  /** What else has to be said before it is done: fields of a form. */
  readonly children?: ReactNode;
  /** False while that is not complete. */
  readonly canConfirm?: boolean;
}

/** A button that first says what it will do, and does it when that is confirmed. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const {
    label,
    longLabel = label,
    does,
    onConfirm,
    isDangerous = false,
    isPrimary = false,
    disabled = false,
    children,
    canConfirm = true,
  } = props;
  const { isOpen, setOpen, isBusy, error, confirm } = useConfirming(onConfirm);
  return (
    <>
      <Button
        variant={isPrimary ? 'filled' : 'default'}
        disabled={disabled}
        aria-label={longLabel}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={longLabel}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack gap="md">
          <Text>{does}</Text>
          {children}
          {error === null ? null : <ProblemNote error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setOpen(false)}>
              Do nothing
            </Button>
            <Button
              {...(isDangerous ? { color: 'red' } : {})}
              loading={isBusy}
              disabled={!canConfirm}
              onClick={() => void confirm()}
            >
              {label}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function useConfirming(onConfirm: ConfirmButtonProps['onConfirm']) {
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      setOpen(false);
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  };
  return { isOpen, setOpen, isBusy, error, confirm };
}

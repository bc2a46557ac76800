// Asks before something that cannot be undone. The first button in the order of keys is the one
// that changes nothing.
import "./confirm-dialog.css";
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "./button.tsx";

interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What will be done, as a verb. */
  readonly confirm: string;
  readonly cancel: string;
  readonly isWorking?: boolean;
  /** The confirming button has the focus from the start: one key does it. */
  readonly isUrgent?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, cancel, isWorking = false, onConfirm, onCancel } = props;
  const { isUrgent = false } = props;
  return (
    <ModalOverlay
      isDismissable
      isOpen
      className="dialog-shade"
      onOpenChange={(isOpen) => {
        if (!isOpen) onCancel();
      }}
    >
      <Modal>
        <Dialog className="dialog" role="alertdialog">
          <Heading level={2} slot="title">
            {title}
          </Heading>
          <div>{children}</div>
          <div className="dialog-buttons">
            <Button onPress={onCancel}>{cancel}</Button>
            {/* A command may not wait for a hand that finds the mouse. */}
            {/* eslint-disable-next-line jsx-a11y-x/no-autofocus */}
            <Button autoFocus={isUrgent} isWorking={isWorking} kind="primary" onPress={onConfirm}>
              {confirm}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

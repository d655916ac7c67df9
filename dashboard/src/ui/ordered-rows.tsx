/**
 * Rows whose order counts. Each has buttons that move it, which work with any device, and a handle to drag it by.
 */
import { ActionIcon, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import classes from './ordered-rows.module.css';
import { rowControl, rowItem, rowsList } from './rows.tsx';

export type OrderedItem = {
  readonly id: string;
  /** Said when it moves. */
  readonly name: string;
  readonly content: ReactNode;
  /** Its buttons, before those that move it. */
  readonly action?: ReactNode;
};

export type OrderedRowsProps = {
  label: string;
  items: readonly OrderedItem[];
  /** Both count from 0; `to` is the place in the list that it was taken out of. Without it the order stays. */
  onMove?: ((from: number, to: number) => void) | undefined;
};

export function OrderedRows({ label, items, onMove }: OrderedRowsProps) {
  const [said, setSaid] = useState('');
  const [dragged, setDragged] = useState<number>();
  const [over, setOver] = useState<number>();
  const list = useRef<HTMLOListElement>(null);
  // A moved element loses the focus, which has to stay with whoever moves it on.
  const moved = useRef<{ id: string; to: number; direction: Direction }>(undefined);
  useEffect(() => {
    const last = moved.current;
    if (!last || items[last.to]?.id !== last.id) return;
    moved.current = undefined;
    const end = last.direction === 'up' ? 0 : items.length - 1;
    const direction = last.to === end ? OTHER[last.direction] : last.direction;
    list.current?.querySelector<HTMLElement>(`[data-mover="${CSS.escape(last.id)}-${direction}"]`)?.focus();
  }, [items]);
  const move = (from: number, to: number, direction?: Direction) => {
    const item = items[from];
    if (!item || from === to) return;
    moved.current = direction && { id: item.id, to, direction };
    setSaid(`${item.name} is now ${to + 1} of ${items.length}`);
    onMove?.(from, to);
  };
  const endDrag = () => {
    setDragged(undefined);
    setOver(undefined);
  };
  return (
    <>
      <ol className={rowsList} aria-label={label} ref={list}>
        {items.map(({ id, name, content, action }, at) => (
          <li
            key={id}
            className={`${rowItem} ${classes.row}`}
            data-dragged={dragged === at || undefined}
            data-over={over === at && dragged !== undefined && dragged !== at ? edge(dragged, at) : undefined}
            onDragOver={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              setOver(at);
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged !== undefined) move(dragged, at);
              endDrag();
            }}
          >
            <span
              className={classes.handle}
              draggable={onMove !== undefined && items.length > 1}
              aria-hidden
              onDragStart={(event) => {
                startDrag(event);
                setDragged(at);
              }}
              onDragEnd={endDrag}
            >
              {onMove && <IconGripVertical size={16} />}
              <Text span size="sm" c="dimmed" className={classes.number}>
                {at + 1}
              </Text>
            </span>
            <div className={classes.content}>{content}</div>
            <Group gap={4} wrap="nowrap" className={`${rowControl} ${classes.controls}`}>
              {action}
              {onMove && (
                <>
                  <Mover
                    id={id}
                    name={name}
                    direction="up"
                    disabled={at === 0}
                    onClick={() => move(at, at - 1, 'up')}
                  />
                  <Mover
                    id={id}
                    name={name}
                    direction="down"
                    disabled={at === items.length - 1}
                    onClick={() => move(at, at + 1, 'down')}
                  />
                </>
              )}
            </Group>
          </li>
        ))}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}

type Direction = 'up' | 'down';
const OTHER = { up: 'down', down: 'up' } as const;

type MoverProps = { id: string; name: string; direction: Direction; disabled: boolean; onClick: () => void };

function Mover({ id, name, direction, disabled, onClick }: MoverProps) {
  const Icon = direction === 'up' ? IconArrowUp : IconArrowDown;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c={disabled ? undefined : 'dimmed'}
      bg={disabled ? 'transparent' : undefined}
      size="lg"
      data-mover={`${id}-${direction}`}
      disabled={disabled}
      aria-label={`Move ${name} ${direction}`}
      title={`Move ${direction}`}
      onClick={onClick}
    >
      <Icon size={18} aria-hidden />
    </ActionIcon>
  );
}

/** Where the line that shows the new place is drawn. */
function edge(from: number, to: number) {
  return to > from ? 'below' : 'above';
}

function startDrag(event: DragEvent<HTMLElement>) {
  event.dataTransfer.effectAllowed = 'move';
  // Firefox drags nothing that carries nothing.
  event.dataTransfer.setData('text/plain', '');
  const row = event.currentTarget.closest('li');
  if (row) event.dataTransfer.setDragImage(row, 16, 16);
}

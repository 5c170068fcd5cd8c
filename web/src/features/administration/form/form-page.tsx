import { IconAlertCircle, IconChevronRight, IconFileCode } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, type ReactNode } from 'react';
import { announce } from '../../../shared/ui/announcer.tsx';
import { tell } from '../../../shared/data/toasts.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { IconMapQuestion } from '@tabler/icons-react';
import type { ItemSection } from '../model/section.ts';
import { ConflictPanel } from './conflict-panel.tsx';
import { FieldGroupView } from './field-group-view.tsx';
import { ItemMenu } from './item-menu.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { useItemForm, type ItemForm } from './use-item-form.ts';
import { useWords } from './words.ts';

/** One item of a section: its fields, what stands beside them, and the ways to apply or leave. */
export function FormPage({ section, name }: { section: ItemSection; name: string | undefined }): ReactNode {
  const { word } = useWords();
  const navigate = useNavigate();
  const form = useItemForm(section, name);
  const body = useRef<HTMLFormElement>(null);
  const isLeaving = useRef(false);
  const { item, values, change } = form;

  async function apply(): Promise<void> {
    const saved = await form.save();
    if (saved === undefined) {
      announce(word('form.refused'), 'assertive');
      requestAnimationFrame(() => {
        const bad = body.current?.querySelector<HTMLElement>('[aria-invalid], .bad input, .bad select');
        (bad ?? body.current?.querySelector<HTMLElement>('.form-problems'))?.focus();
      });
      return;
    }
    tell({ kind: 'success', title: word('form.applied', { name: saved }) });
    if (name === undefined && section.only === undefined) {
      isLeaving.current = true;
      await navigate({ to: '/admin/$section/edit/$name', params: { section: section.path, name: saved } });
      isLeaving.current = false;
    }
  }

  if (form.isLoading) return <FormSkeleton />;
  if (name !== undefined && !item && !form.isDirty) return <GonePage section={section} name={name} />;
  const Side = section.extras?.side;
  const extra = { item, values, change };
  return (
    <main className="admin-main" id="main" data-region>
      <FormHead section={section} name={name} form={form} />
      <form
        ref={body}
        className="form-body"
        data-side={Side !== undefined}
        onSubmit={(event) => {
          event.preventDefault();
          void apply();
        }}
        id="item-form"
        noValidate
      >
        <div className="admin-form" key={form.round}>
          <FormNotices form={form} section={section} />
          {section.groups.map((group) => (
            <FieldGroupView key={group.key} section={section} group={group} form={form} />
          ))}
        </div>
        {Side && (
          <aside className="admin-side" aria-label={word('form.side')}>
            <Side {...extra} />
          </aside>
        )}
      </form>
      <LeaveGuard isDirty={form.isDirty} isLeaving={isLeaving} onDiscard={form.discard} />
    </main>
  );
}

function FormHead({
  section,
  name,
  form,
}: {
  section: ItemSection;
  name: string | undefined;
  form: ItemForm;
}): ReactNode {
  const { word } = useWords();
  const Extra = section.extras?.head;
  return (
    <header className="admin-head">
      {section.only === undefined ? (
        <>
          <Link to="/admin/$section" params={{ section: section.path }} className="crumb clip">
            {word(`sections.${section.path}.title`)}
          </Link>
          <Icon of={IconChevronRight} size={14} className="muted" />
          <h1 className="clip">{name ?? word(`sections.${section.path}.new`)}</h1>
        </>
      ) : (
        <h1 className="clip">{word(`sections.${section.path}.title`)}</h1>
      )}
      {Extra && <Extra item={form.item} values={form.values} change={form.change} />}
      <span className="end row">
        {form.isDirty && (
          <button type="button" className="btn quiet" onClick={form.discard}>
            {word('form.discard')}
          </button>
        )}
        <button
          type="submit"
          form="item-form"
          className="btn primary"
          aria-disabled={(!form.isDirty && form.item !== undefined) || form.isSaving}
        >
          {word(form.isSaving ? 'form.applying' : 'form.apply')}
        </button>
        {form.item && !section.isPart && <ItemMenu section={section} item={form.item} discard={form.discard} />}
      </span>
    </header>
  );
}

function FormNotices({ form, section }: { form: ItemForm; section: ItemSection }): ReactNode {
  const { word } = useWords();
  const { item, conflict, problems, isRestored } = form;
  return (
    <>
      {item?.source === 'files' && (
        <div className="banner neutral notice">
          <Icon of={IconFileCode} />
          <span className="grow">{word('form.filesWarning')}</span>
        </div>
      )}
      {isRestored && !conflict && (
        <div className="banner neutral notice" role="status">
          <span className="grow">{word('form.restored')}</span>
        </div>
      )}
      {conflict && <ConflictPanel form={form} conflict={conflict} kind={section.kind} />}
      {problems.others.length > 0 && (
        <div className="banner danger notice form-problems" role="alert" tabIndex={-1}>
          <Icon of={IconAlertCircle} />
          <span className="grow">
            {problems.others.map((text) => (
              <span key={text} className="block">
                {text}
              </span>
            ))}
          </span>
        </div>
      )}
    </>
  );
}

function GonePage({ section, name }: { section: ItemSection; name: string }): ReactNode {
  const { word } = useWords();
  return (
    <main className="admin-main centred" id="main" data-region>
      <EmptyState
        icon={IconMapQuestion}
        title={word('form.goneTitle', { name })}
        action={
          <Link to="/admin/$section" params={{ section: section.path }} className="btn outline">
            {word('form.toList')}
          </Link>
        }
      >
        {word('form.goneText')}
      </EmptyState>
    </main>
  );
}

function FormSkeleton(): ReactNode {
  return (
    <main className="admin-main" aria-busy="true">
      <header className="admin-head">
        <span className="skel w30" />
      </header>
      <div className="admin-form">
        {['w60', 'w80', 'w46'].map((width) => (
          <span key={width} className={`skel ${width}`} />
        ))}
      </div>
    </main>
  );
}

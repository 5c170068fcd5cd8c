import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { EvaluationAnswer } from '../../../../contracts/evaluation-form.ts';
import type { EvaluationContent, EvaluationRemark } from '../../../../contracts/evaluation.ts';
import { call } from '../../shared/client/client.ts';
import type { EvaluationView } from '../../shared/data/evaluations.ts';

/** How long one may go on writing before it is saved. */
const PAUSE_MS = 700;

function contentOf({ answers, comment, remarks }: EvaluationView): EvaluationContent {
  return {
    answers: answers.map(({ question, value, isNa }) => ({
      question,
      ...(value !== undefined && { value }),
      ...(isNa !== undefined && { isNa }),
    })),
    ...(comment !== undefined && { comment }),
    remarks,
  };
}

/** Comments that say nothing yet are not sent. */
export function sentOf({ answers, comment, remarks }: EvaluationContent): EvaluationContent {
  const words = comment?.trim() ?? '';
  return {
    answers: answers.filter(({ value, isNa }) => value !== undefined || isNa === true),
    ...(words !== '' && { comment: words }),
    remarks: remarks.filter(({ text }) => text.trim() !== ''),
  };
}

/** What is being written, and how one writes it. */
export interface Writing {
  content: EvaluationContent;
  answer: (answer: EvaluationAnswer) => void;
  comment: (text: string) => void;
  remark: (remarks: EvaluationRemark[]) => void;
}

/** The content of a form that somebody fills in. */
export function useWriting(evaluation: EvaluationView): Writing {
  const [content, setContent] = useState(() => contentOf(evaluation));
  return {
    content,
    answer: (given) =>
      setContent((before) => ({
        ...before,
        answers: [...before.answers.filter(({ question }) => question !== given.question), given],
      })),
    comment: (text) => setContent((before) => ({ ...before, comment: text })),
    remark: (remarks) => setContent((before) => ({ ...before, remarks })),
  };
}

/**
 * Saves a draft a moment after each change, one call after another. `problem`: why it is not saved; nothing is tried any more
 * after somebody else has changed it.
 */
export function useSaving(
  evaluation: EvaluationView,
  content: EvaluationContent,
): {
  savedAt: string | undefined;
  isSaving: boolean;
  problem: string | undefined;
  save: () => Promise<number | undefined>;
} {
  const queryClient = useQueryClient();
  const text = JSON.stringify(sentOf(content));
  const kept = useRef({ text: JSON.stringify(sentOf(contentOf(evaluation))), revision: evaluation.revision });
  const line = useRef<Promise<number | undefined>>(Promise.resolve(evaluation.revision));
  const [savedAt, setSavedAt] = useState<string | undefined>(evaluation.changedAt);
  const [problem, setProblem] = useState<string>();
  const [saving, setSaving] = useState(0);

  const { id, conversationId } = evaluation;
  const save = useCallback(() => {
    const write = async (): Promise<number | undefined> => {
      if (kept.current.text === text) return kept.current.revision;
      setSaving((count) => count + 1);
      const body = { revision: kept.current.revision, ...(JSON.parse(text) as EvaluationContent) };
      const answer = await call('PUT /api/v1/evaluations/:id', { params: { id }, body });
      setSaving((count) => count - 1);
      if (!answer.ok) {
        setProblem(answer.error.message);
        return undefined;
      }
      setProblem(undefined);
      setSavedAt(answer.body.changedAt);
      kept.current = { text, revision: answer.body.revision };
      void queryClient.invalidateQueries({ queryKey: ['evaluations', 'of', conversationId] });
      return answer.body.revision;
    };
    line.current = line.current.then(write, write);
    return line.current;
  }, [text, id, conversationId, queryClient]);

  useEffect(() => {
    if (kept.current.text === text) return undefined;
    const timer = setTimeout(() => void save(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, save]);
  return { savedAt, isSaving: saving > 0, problem, save };
}

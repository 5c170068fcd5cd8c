import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  scoreEvaluation,
  topOf,
  type EvaluationAnswer,
  type EvaluationForm,
  type EvaluationQuestion,
} from '../../../../contracts/evaluation-form.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Segmented, type Choice } from '../../shared/ui/segmented.tsx';

const NA = '\u0000na';

interface Props {
  form: EvaluationForm;
  answers: readonly EvaluationAnswer[];
  /** Absent: it is shown only. */
  onAnswer?: ((answer: EvaluationAnswer) => void) | undefined;
}

/** A form with its answers, area by area, with the points of each as they are now. */
export function FormView({ form, answers, onAnswer }: Props): ReactNode {
  const { t } = useTranslation('evaluations');
  const formats = useFormats();
  const { areas, isFailed } = scoreEvaluation(form, answers);
  const tenth = (points: number): string => formats.number(Math.round(10 * points) / 10);
  return (
    <>
      {isFailed && (
        <p className="eval-failed">
          <Icon of={IconAlertTriangle} size={14} />
          {t('failed')}
        </p>
      )}
      {areas.map(({ area, points, possible }) => (
        <section className="eval-area" key={area} aria-label={area}>
          <h3>
            <span dir="auto">{area}</span>
            {possible > 0 && (
              <span className="muted num">{t('area', { points: tenth(points), possible: tenth(possible) })}</span>
            )}
          </h3>
          {form.questions
            .filter((question) => question.area === area)
            .map((question) => (
              <Question
                key={question.question}
                question={question}
                answer={answers.find((each) => each.question === question.question)}
                onAnswer={onAnswer}
              />
            ))}
        </section>
      ))}
    </>
  );
}

function Question({
  question,
  answer,
  onAnswer,
}: {
  question: EvaluationQuestion;
  answer: EvaluationAnswer | undefined;
  onAnswer: Props['onAnswer'];
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const choices = useChoices(question, answer);
  const { question: text, type, autoFail } = question;
  const value = answer?.isNa === true ? NA : String(answer?.value ?? '');
  const chosen = choices.find((choice) => choice.value === value)?.label;
  const worst = type === 'scale' ? '1' : type === 'yes-no' ? t('no') : (question.choices?.at(-1) ?? '');
  if (type === 'text') return <Words question={text} answer={answer} onAnswer={onAnswer} />;
  return (
    <div className="eval-row">
      <span className="eval-text" dir="auto">
        {text} {autoFail === true && <span className="chip danger">{t('failsAll', { worst })}</span>}
      </span>
      {onAnswer ? (
        <Segmented
          label={text}
          value={value}
          choices={choices}
          onChange={(next) => onAnswer(answerOf(question, next))}
        />
      ) : (
        <span className="med">{chosen ?? '–'}</span>
      )}
    </div>
  );
}

function Words({
  question,
  answer,
  onAnswer,
}: {
  question: string;
  answer: EvaluationAnswer | undefined;
  onAnswer: Props['onAnswer'];
}): ReactNode {
  return (
    <label className="eval-words">
      <span dir="auto">{question}</span>
      {onAnswer ? (
        <span className="input area">
          <textarea
            rows={2}
            dir="auto"
            maxLength={4000}
            value={typeof answer?.value === 'string' ? answer.value : ''}
            onChange={({ target }) => onAnswer({ question, ...(target.value !== '' && { value: target.value }) })}
          />
        </span>
      ) : (
        <span className="secondary" dir="auto">
          {answer?.value ?? '–'}
        </span>
      )}
    </label>
  );
}

function answerOf({ question, type }: EvaluationQuestion, value: string): EvaluationAnswer {
  if (value === NA) return { question, isNa: true };
  return { question, value: type === 'scale' ? Number(value) : value };
}

const plain = (value: string): Choice<string> => ({ value, label: value });

/** What can be chosen; a yes that was chosen is seen from afar. */
function useChoices(question: EvaluationQuestion, answer: EvaluationAnswer | undefined): Choice<string>[] {
  const { t } = useTranslation('evaluations');
  const na = question.canBeNa === false ? [] : [{ value: NA, label: t('na') }];
  if (question.type === 'scale')
    return [...Array.from({ length: topOf(question) }, (_each, index) => plain(String(index + 1))), ...na];
  if (question.type === 'choice') return [...(question.choices ?? []).map(plain), ...na];
  const yes =
    answer?.value === 'yes' ? (
      <span className="t-success">
        <Icon of={IconCheck} size={12} /> {t('yes')}
      </span>
    ) : (
      t('yes')
    );
  return [{ value: 'yes', label: yes }, { value: 'no', label: t('no') }, ...na];
}

/** The chunk of records: agents never load it. */
import { addEvaluationsTexts } from '../features/evaluations/texts.ts';
import { addRecordsTexts } from '../features/records/texts.ts';

export { RecordPage } from './record-page.tsx';
export { RecordsPage } from './records-page.tsx';

addRecordsTexts();
addEvaluationsTexts();

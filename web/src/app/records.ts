/** The chunk of records: agents never load it. */
import { addRecordsTexts } from '../features/records/texts.ts';

export { RecordPage } from './record-page.tsx';
export { RecordsPage } from './records-page.tsx';

addRecordsTexts();

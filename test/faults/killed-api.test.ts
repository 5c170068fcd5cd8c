import { describeKilled } from './support/describe-killed.ts';

describeKilled('api');

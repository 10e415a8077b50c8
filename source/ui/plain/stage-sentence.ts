import type {Stage, StageStatus} from '../../build/model.js';
import {formatSeconds} from '../text/format-seconds.js';

/** What has become of a stage, in one sentence: `stage build: done in 1.8 s`. */
export const stageSentence = ({name, status, seconds, reason}: Stage): string => {
	const time = seconds === null || !timed[status] ? '' : ` ${timed[status]} ${formatSeconds(seconds)}`;
	return `stage ${name}: ${words[status]}${time}${reason === null ? '' : `, ${reason}`}`;
};

const words: Record<StageStatus, string> = {
	waiting: 'waiting',
	running: 'running',
	cached: 'from the cache',
	done: 'done',
	failed: 'failed',
	skipped: 'skipped',
	cancelled: 'cancelled',
	unknown: 'unknown',
};

const timed: Partial<Record<StageStatus, string>> = {
	running: 'for',
	done: 'in',
	failed: 'after',
	cancelled: 'after',
};

import type {Build, Stage} from '../../build/model.js';
import type {Tick} from './build-live.js';

/** While it runs, a stage's seconds go on between two snapshots. */
export const stageSeconds = (stage: Stage, {seconds}: Build, {sinceSnapshot}: Tick): number | null => {
	if (stage.status !== 'running' || stage.began === null) return stage.seconds;
	return Math.max(stage.seconds ?? 0, seconds - stage.began + sinceSnapshot);
};

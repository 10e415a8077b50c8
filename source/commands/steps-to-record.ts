import type {Builder} from '../build/model.js';
import {planRun} from '../session/perform/plan-run.js';
import type {EngineIdentity} from '../session/ports.js';
import {generationOf, isRecorded} from '../storage/recordings.js';
import type {Step} from '../workshop/model.js';
import type {OpenWorkshop} from './open-workshop.js';

/**
 * The builds among the steps that either builder can make and that were not recorded with this one yet. They need
 * nothing of one another: each is recorded as it is.
 */
export const stepsToRecord = (
	steps: Step[],
	{open, identity, builder}: {open: OpenWorkshop; identity: EngineIdentity; builder: Builder},
): Step[] =>
	steps
		.filter(({id, command, builder: fixed}) => {
			const isBuild = command !== null && planRun(command, builder, identity.cli).build !== null;
			return (
				isBuild && fixed === null && !isRecorded(open.folder, generationOf(identity), {stepId: id, builder})
			);
		})
		.map(step => ({...step, needs: []}));

import test from 'ava';
import {readWorkshopFiles} from '../../source/storage/workshop-files.js';
import type {Step} from '../../source/workshop/model.js';
import {parseWorkshop} from '../../source/workshop/parse-workshop.js';
import {includeNeeds} from '../../source/workshop/steps.js';

/** Whether a step passes only once the server in its container has started: by its log or its health check. */
const waitsForServer = ({checks}: Step) =>
	checks.some(check => check.check === 'container' && (check.logs ?? check.health) !== undefined);

for (const [id, request] of [
	['multi-stage', 'curl-whoami'],
	['build-mounts', 'visit-site'],
] as const) {
	const {workshop} = parseWorkshop(readWorkshopFiles(`workshops/${id}`));
	const steps = workshop?.chapters.flatMap(chapter => chapter.steps) ?? [];

	test(`${id}: ${request} comes after a step that waits for the server, and no other step sends a request`, t => {
		const requests = steps.filter(({command}) => command?.startsWith('curl '));
		t.deepEqual(
			requests.map(step => step.id),
			[request],
		);
		t.true(includeNeeds(steps, requests).some(waitsForServer));
	});
}

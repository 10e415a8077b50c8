import {messages} from '../messages/index.js';
import {describeError} from '../text/wording.js';
import {unknown} from './finding.js';
import {createMachine, type DoctorTarget} from './machine.js';
import {type DoctorFinding, findings} from './registry.js';

/**
 * Checks whether this machine can run the workshop, everything in parallel. Calls back with each finding as soon as it
 * is known, once for each ID. Creates nothing on the engine. Never rejects. Calls `onSlow` with a provisional finding
 * if the docker command is slow to answer.
 */
export const examine = async (
	target: DoctorTarget,
	onFinding: (finding: DoctorFinding) => void,
	onSlow: (meanwhile: DoctorFinding) => void,
): Promise<void> => {
	const machine = createMachine(target);
	const timer = setTimeout(
		() => onSlow({id: 'docker-cli', ...unknown(messages.doctor.dockerCli.slow)}),
		slowAfterMs,
	);
	void machine.cli.then(() => clearTimeout(timer));
	await Promise.all(
		findings.map(async ({id, examine}) => {
			const judgement = await examine(machine).catch(error => unknown(describeError(error)));
			onFinding({id, ...judgement});
		}),
	);
};

/** Milliseconds before the learner starts to wonder. */
const slowAfterMs = 2500;

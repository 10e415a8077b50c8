import {messages} from '../messages/index.js';
import {describeError} from '../text/wording.js';
import {unknown} from './finding.js';
import {createMachine, type DoctorTarget} from './machine.js';
import {type DoctorFinding, findings} from './registry.js';

/**
 * Examines whether this machine can run the workshop, everything at the same time; calls back with each finding as it
 * comes, once for each ID. Makes nothing on the engine. Never rejects. `onSlow` is called with what is known of the docker
 * command meanwhile when it keeps everybody waiting.
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

/** Milliseconds after which a person begins to wonder. */
const slowAfterMs = 2500;

import type {DoctorFinding} from '../session/state.js';
import {examine} from './examine.js';
import {createLiveWorld, inheritedEnvironment} from './live-world.js';
import {openWorkshop} from './open-workshop.js';
import type {Command} from './options.js';
import {printJson, printLine} from './print.js';

const symbols: Record<DoctorFinding['verdict'], string> = {
	passed: 'ok     ',
	failed: 'FAILED ',
	unknown: 'unknown',
};

/** `doctor`: can this machine run it? Each finding with its fix. */
export const doctor: Command = async (_parameters, {workshop: name, dir, json}) => {
	const open = openWorkshop(name, dir);
	const {engine} = createLiveWorld(open);
	const findings: DoctorFinding[] = [];
	await examine({engine, env: inheritedEnvironment(), workshop: open.workshop}, finding => {
		findings.push(finding);
		if (!json) {
			printLine(`${symbols[finding.verdict]}  ${finding.id.padEnd(12)} ${finding.reason}`);
			if (finding.next) printLine(`         ${' '.repeat(12)} Next: ${finding.next}`);
		}
	});
	const passed = findings.every(({verdict}) => verdict === 'passed');
	if (json) printJson({passed, findings});
	else if (!passed) printLine('Without an engine there is the recording: `multistage-workshop --replay`.');
	return passed ? 0 : 3;
};

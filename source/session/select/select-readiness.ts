import type {DoctorId} from '../doctor-ids.js';
import {doctorIds} from '../doctor-ids.js';
import type {DoctorFinding} from '../state.js';

/** The workshop can be done without an answer about these. */
const dispensable: ReadonlySet<DoctorId> = new Set(['ports', 'terminal', 'disk']);

/**
 * Whether a machine can run the workshop: `ready` when nothing failed and nothing that is needed is unknown; `looking`
 * as long as findings are missing and none of those that are there stands in the way.
 */
export const selectReadiness = (findings: DoctorFinding[]): 'looking' | 'ready' | 'not-ready' => {
	if (findings.some(standsInTheWay)) return 'not-ready';
	return doctorIds.every(id => findings.some(finding => finding.id === id)) ? 'ready' : 'looking';
};

const standsInTheWay = ({id, verdict}: DoctorFinding): boolean =>
	verdict === 'failed' || (verdict === 'unknown' && !dispensable.has(id));

/** Whether some steps can't be run although the machine is ready: Podman has none of Docker's builders. */
export const selectLacksBuilder = (findings: DoctorFinding[]): boolean =>
	findings.some(
		({id, verdict, next}) =>
			(id === 'legacy-builder' || id === 'buildkit') && verdict === 'passed' && next !== null,
	);

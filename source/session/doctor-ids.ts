/** What the doctor looks at, in the order in which it is told. */
export const doctorIds = [
	'node',
	'docker-cli',
	'engine',
	'permission',
	'legacy-builder',
	'buildkit',
	'builder',
	'images',
	'names',
	'ports',
	'curl',
	'terminal',
	'disk',
] as const;

export type DoctorId = (typeof doctorIds)[number];

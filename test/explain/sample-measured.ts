import type {Measurement} from '../../source/explain/measurement.js';
import type {MeasuredProof} from '../../source/explain/outline.js';

const measurement: Measurement = {
	seconds: 14.2,
	stages: [
		{
			name: 'build',
			seconds: 12.3,
			baseBytes: 239_000_000,
			ownBytes: 40_000_000,
			instructions: [
				{line: 3, text: 'COPY . .', began: 0.4, seconds: 0.1, bytes: 5_000_000},
				{
					line: 4,
					text: 'RUN --mount=type=cache,target=/root/.npm npm install --no-audit --no-fund && npm run build',
					began: 0.5,
					seconds: 12.2,
					bytes: 35_000_000,
				},
			],
		},
		{
			name: 'final',
			seconds: 0.2,
			baseBytes: 2_000_000,
			ownBytes: 1_800_000,
			instructions: [
				{line: 7, text: 'COPY --from=build /app/dist /app', began: 12.7, seconds: 0.2, bytes: 1_800_000},
			],
		},
	],
	parts: [
		{bytes: 2_000_000, line: null, text: 'alpine:3.13', from: []},
		{bytes: 1_800_000, line: 7, text: 'COPY --from=build /app/dist /app', from: ['build']},
	],
	figures: {imageBytes: 3_800_000, afterSource: 12.5, afterPackages: 13},
	source: 'src/app.js',
	manifest: 'package.json',
};

/** What builds of a copy have shown: two suggestions are proven. */
export const sampleMeasured: MeasuredProof = {
	measurement,
	proof: {
		proven: [
			{
				rule: 'copy-manifests-first',
				line: 3,
				says: 'Copy package.json before the other files, and install the npm packages in between.',
				because:
					'Each change of a file that `COPY . .` brings installs all packages again, although they are the same.',
				before: measurement.figures,
				after: {...measurement.figures, afterSource: 2.5},
			},
			{
				rule: 'ignore-files',
				line: null,
				says: 'Leave out **/.git in the .dockerignore.',
				because: 'No build needs it.',
				before: {...measurement.figures, afterSource: 2.5},
				after: {imageBytes: 1_900_000, afterSource: 2.5, afterPackages: 13},
			},
		],
		texts: {dockerfile: 'FROM alpine:3.13\nCOPY a b\n', ignore: '**/.git\n'},
		figures: {imageBytes: 1_900_000, afterSource: 2.5, afterPackages: 13},
		rejected: 3,
	},
};

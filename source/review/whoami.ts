/** The last stage of the workshop's whoami, as it is shown beside a question about its ports. */
export const whoamiDockerfile = [
	'FROM scratch AS final',
	'COPY --from=builder /whoami /whoami',
	'EXPOSE 80',
	'ENTRYPOINT ["/whoami"]',
	'',
].join('\n');

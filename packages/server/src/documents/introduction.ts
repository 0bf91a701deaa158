/** What holds for every route, as the document begins. */
export const introduction = `Find the right customers, and reach each of them exactly as intended.

**Sessions.** \`POST /api/auth/login\` answers a token. Send it as \`Authorization: Bearer …\`; browsers may rely on the cookie \`auth_token\` instead. Machines use the key of a service token in the same place.

**Workspaces.** A session belongs to one workspace and sees nothing of others: what is foreign is answered like what does not exist. Roles are viewer, marketer and owner; each may do what those before it may.

**Answers.** A success is \`{ "success": true, "data": … }\`. A failure is \`{ "success": false, "error", "code", "requestId" }\`, with \`errors\` where parts of the input are wrong. Rely on \`code\` and on the paths in \`errors\`; sentences are for people.

**Lists.** Lists are read in pages and say with \`pagination\` where they stand.

**Values.** Ids are text, amounts are numbers in major units with at most two decimals, instants are text in UTC, percentages go from 0 to 100. What is not known is \`null\`.

**Changes.** Answers with an \`ETag\` name the state that they show. A change with \`If-Match\` is refused if somebody else was faster.

**Limits.** Whoever asks too often is answered 429 with \`Retry-After\`.`

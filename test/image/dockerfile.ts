/** The Dockerfile as steps, stage by stage. */

import { Copy, DockerfileParser } from 'dockerfile-ast';

export type Step =
  | { kind: 'run'; script: string }
  | { kind: 'copy'; from: string | null; sources: string[]; target: string }
  | { kind: 'workdir'; path: string };

export interface Stage {
  name: string;
  base: string;
  steps: Step[];
  env: Record<string, string>;
  user: string;
  volumes: string[];
  stopSignal: string;
  command: string[];
  healthCheck: string[];
}

/** Reads the instructions that our Dockerfile uses. @throws on one that it does not know */
export function stagesOf(text: string): Stage[] {
  const stages: Stage[] = [];
  const file = DockerfileParser.parse(text);
  for (const instruction of file.getInstructions()) {
    const from = instruction instanceof Copy ? (instruction.getFromFlag()?.getValue() ?? null) : null;
    const words = instruction.getArguments().map((argument) => argument.getValue());
    const raw = (instruction.getRawArgumentsContent() ?? '').replaceAll(/\\\n/g, ' ').trim();
    const keyword = instruction.getKeyword();
    const stage = stages.at(-1);
    if (keyword === 'FROM') {
      const [base = '', , name = ''] = words;
      stages.push({
        name,
        base,
        steps: [],
        env: {},
        user: 'root',
        volumes: [],
        stopSignal: '',
        command: [],
        healthCheck: [],
      });
    } else if (stage !== undefined) addTo(stage, keyword, raw, { words, from });
  }
  return stages;
}

function addTo(
  stage: Stage,
  keyword: string,
  raw: string,
  { words, from }: { words: string[]; from: string | null },
): void {
  switch (keyword) {
    case 'RUN':
      stage.steps.push({ kind: 'run', script: raw });
      return;
    case 'WORKDIR':
      stage.steps.push({ kind: 'workdir', path: raw });
      return;
    case 'COPY':
      stage.steps.push({
        kind: 'copy',
        from,
        sources: words.slice(0, -1),
        target: words.at(-1) ?? '',
      });
      return;
    case 'ENV':
      for (const word of words) stage.env[word.split('=')[0] ?? ''] = word.split('=').slice(1).join('=');
      return;
    case 'USER':
      stage.user = raw;
      return;
    case 'VOLUME':
      stage.volumes.push(...words);
      return;
    case 'STOPSIGNAL':
      stage.stopSignal = raw;
      return;
    case 'CMD':
      stage.command = execForm(raw);
      return;
    case 'HEALTHCHECK':
      stage.healthCheck = execForm(raw.slice(raw.indexOf('CMD ') + 4));
      return;
    case 'ARG':
    case 'LABEL':
    case 'EXPOSE':
      return;
  }
  throw new Error(`${keyword} is an instruction that the image's test does not know`);
}

/** A list of words. @throws for a command line: a shell would get the signals */
function execForm(raw: string): string[] {
  const words: unknown = JSON.parse(raw);
  if (!Array.isArray(words)) throw new Error(`not a list of words: ${raw}`);
  return words.map(String);
}

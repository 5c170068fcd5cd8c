import { compileTexts } from './compile-texts.ts';
import { annotationBlock } from './annotation-block.ts';
import type { RequestSkillOrServiceFields } from './request-skill-or-service-schema.ts';

/** Adds skills to those of every later Find Agent, or names its service. Source: Bright Pattern, Request Skill or Service. */
export const requestSkillOrService = annotationBlock<RequestSkillOrServiceFields>({
  annotation: ({ skills = [], service = '' }) => {
    const fill = compileTexts({ skills, service });
    return (variables) => {
      const wanted = fill(variables);
      const names = wanted.skills.map((skill) => skill.trim()).filter((skill) => skill !== '');
      const serviceName = wanted.service.trim();
      if (names.length === 0 && serviceName === '') return undefined;
      return {
        name: 'request-skill-or-service',
        skills: names,
        ...(serviceName === '' ? {} : { service: serviceName }),
      };
    };
  },
  remember: (annotation, { routing = {} }) => {
    if (annotation.name !== 'request-skill-or-service') return {};
    const { skills, service } = annotation;
    const all = [...new Set([...(routing.skills ?? []), ...skills])];
    return { routing: { ...routing, skills: all, ...(service !== undefined && { service }) } };
  },
});

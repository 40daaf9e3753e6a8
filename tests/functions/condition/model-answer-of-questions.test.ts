import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../functions/condition/model-answer.ts';
import { ModelCard } from '../../../functions/condition/model-card.ts';
import { QUESTIONS, type Question } from '../../../functions/condition/model-outputs.ts';
import { photoCard } from './tiny-models.ts';

describe('readAnswer of a card of several questions', () => {
  const far = (name: string, question?: Question) => ({
    name,
    as: 'distance' as const,
    maximum: 3,
    ...(question && { question }),
  });
  const { outputs } = ModelCard.parse(
    photoCard({ outputs: [...photoCard().outputs, far('far'), far('unlike', 'vehicle')] }),
  );
  const raw = (distances: { far: number; unlike: number }) =>
    Object.fromEntries(
      Object.entries({
        subject: { data: [6, 0, 0], shape: [1, 3] },
        damage: { data: [2, -2], shape: [1, 1, 1, 2] },
        seen: { data: [1, -1], shape: [1, 2] },
        severity: { data: [0, 0, 5, 0], shape: [1, 4] },
        far: { data: [distances.far], shape: [1, 1] },
        unlike: { data: [distances.unlike], shape: [1, 1] },
      }).map(([name, { data, shape }]) => [name, { data: Float32Array.from(data), shape }]),
    );
  const answerTo = (question: Question, distances = { far: 0, unlike: 0 }) =>
    readAnswer({ outputs }, question, raw(distances));

  it('reads the outputs of the question alone', () => {
    const [subject, surface, vehicle] = QUESTIONS.map((question) => answerTo(question));

    expect([subject?.classes.map(([best]) => best?.word), subject?.labels, subject?.maps]).toEqual([
      ['kitchen'],
      [],
      [],
    ]);
    expect(surface?.classes).toEqual([]);
    expect(surface?.labels.map(({ word }) => word)).toEqual(['unknown_damage', 'destroyed']);
    expect(surface?.maps.map(({ word }) => word)).toEqual(['crack']);
    expect(vehicle?.classes.map(([best]) => best?.word)).toEqual(['moderate']);
  });

  it('abstains from the question of the distance, or from all of them where it has none', () => {
    const abstains = (distances: { far: number; unlike: number }) =>
      QUESTIONS.filter((question) => answerTo(question, distances).abstains);

    expect(abstains({ far: 0, unlike: 0 })).toEqual([]);
    expect(abstains({ far: 0, unlike: 4 })).toEqual(['vehicle']);
    expect(abstains({ far: 4, unlike: 0 })).toEqual(QUESTIONS);
  });
});

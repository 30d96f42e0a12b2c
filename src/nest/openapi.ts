// nest: what controllers say for the API's description, kept until somebody asks for it.
import type * as Swagger from '@nestjs/swagger';

type Openapi = typeof Swagger;

const said: ((swagger: Openapi) => void)[] = [];

/**
 * Swagger's decorators, said later: loading its package takes a quarter of a start. `nest build` also puts `openapi.…`
 * into every controller, for what it reads from comments and types.
 */
export const openapi = {
  ApiBody: later('ApiBody'),
  ApiConsumes: later('ApiConsumes'),
  ApiOperation: later('ApiOperation'),
  ApiProduces: later('ApiProduces'),
  ApiResponse: later('ApiResponse'),
  ApiServiceUnavailableResponse: later('ApiServiceUnavailableResponse'),
  ApiTags: later('ApiTags'),
};

/** Swagger's package, after everything was said to it. */
export async function loadSwagger(): Promise<Openapi> {
  const swagger = await import('@nestjs/swagger');
  for (const say of said.splice(0)) say(swagger);
  return swagger;
}

type Decorator = ClassDecorator & MethodDecorator;
type Name = {
  [K in keyof Openapi]: Openapi[K] extends (...given: never[]) => MethodDecorator ? K : never;
}[keyof Openapi];

function later<N extends Name>(name: N): (...given: Parameters<Openapi[N]>) => Decorator {
  return (...given) =>
    (...target: unknown[]) => {
      said.push((swagger) => {
        const decorate = swagger[name] as unknown as (...given: unknown[]) => (...target: unknown[]) => void;
        decorate(...given)(...target);
      });
    };
}

// Opens the viewer on our own description; requests it sends carry the cookies of this origin.
SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#docs", deepLinking: true, tryItOutEnabled: true });

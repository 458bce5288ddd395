using System.Text.Json.Nodes;
using GridActors.Web.Problems;

namespace GridActors.Web.OpenApi;

static partial class Examples
{
    public static JsonObject OfProblem(string code)
    {
        var problem = new JsonObject
        {
            ["type"] = Problem.TypeOf(code),
            ["title"] = Problem.Sentence(code, english: true),
            ["status"] = Problem.StatusOf(code),
            ["detail"] = Problem.Sentence(code, english: true),
            ["code"] = code,
        };
        if (code == Problem.InvalidRequest)
            problem["errors"] = new JsonObject { ["title"] = "title is needed." };
        return problem;
    }
}

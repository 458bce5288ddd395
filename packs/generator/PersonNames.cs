using System.Text;

namespace GridActors.Generator;

/// <summary>Plausible names for people who don't exist. If one is a real person's name, that is because its parts are common.</summary>
static class PersonNames
{
    // Common surnames of eastern Hunan. More common ones are listed several times.
    const string Surnames =
        "刘刘刘刘刘李李李李陈陈陈陈张张张王王王黄黄黄周周杨杨吴吴彭彭彭罗罗谭谭唐唐邓邓肖肖曾曾何何胡胡朱朱易易汤汤"
        + "文文丁丁钟钟苏苏郭郭谢谢叶叶林林廖欧贺宋龙匡巫凌傅余袁蒋田史江潘姚瞿邹柳熊孙徐曹夏程范方石兰赖温甘阳漆帅";

    const string Men = "伟强军勇斌辉鹏波峰超杰涛明亮建国志华海林德胜文武立新光平成友根发祥定邦利民耀庭永康振东开忠良春山正义长远树松柏";
    const string Women = "芳丽娟艳玲霞敏静燕红梅兰英秀桂香莲凤萍珍蓉琴慧雪琳洁颖佳怡婷欣月娥淑贞翠云彩虹碧莹瑶晓青小玉爱美素华";

    public static string For(string id)
    {
        var draw = new Draw(Encoding.ASCII.GetBytes(id));
        var surname = Surname(ref draw);
        var isWoman = draw.Next(100) < 42;
        return $"{surname}{Given(ref draw, isWoman)}";
    }

    public static string Surname(ref Draw draw) => draw.From(Surnames).ToString();

    public static string Given(ref Draw draw, bool isWoman)
    {
        var given = isWoman ? Women : Men;
        var first = draw.From(given);
        // One person in seven has a given name of one character, about as in life.
        return draw.Next(7) == 0 ? first.ToString() : $"{first}{draw.From(given)}";
    }
}
